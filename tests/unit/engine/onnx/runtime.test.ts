import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runtimeName } from '../../../../src/engine/onnx/runtime';

test('the runtime is remembered under the version that is installed', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    dependencies: Record<string, string>;
  };
  expect(runtimeName).toBe(`onnxruntime-web ${dependencies['onnxruntime-web']}`);
});
