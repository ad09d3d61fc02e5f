/** Which steps of a graph look at all of a picture. */
import { expect, test } from 'vitest';
import type { OnnxAttribute } from '../../../../src/models/own/onnx-model';
import { isGlobal } from '../../../../src/models/own/graph-reach';

const bytes = (...values: number[]) => new Uint8Array(BigInt64Array.from(values, BigInt).buffer);

function graph(op: string, axes?: readonly number[], asInput = false) {
  const attributes = new Map<string, OnnxAttribute>();
  if (axes && !asInput) attributes.set('axes', { kind: 'ints', value: [...axes] });
  const inputs = asInput ? ['x', 'axes'] : ['x'];
  const constants = new Map([['axes', { dims: [2], type: 7, data: bytes(...(axes ?? [])) }]]);
  return { nodes: [{ op, domain: '', inputs, outputs: ['y'], attributes }], constants };
}

test.each([
  ['GlobalAveragePool', undefined, true],
  ['InstanceNormalization', undefined, true],
  ['Conv', undefined, false],
  ['AveragePool', undefined, false],
  ['ReduceMean', undefined, true],
  ['ReduceMean', [2, 3], true],
  ['ReduceMax', [-2, -1], true],
  ['ReduceMean', [1, 2, 3], true],
  ['ReduceMean', [1], false],
  ['ReduceMean', [-1], false],
])('%s along %j: %s', (op, axes, isWide) => {
  expect(isGlobal(graph(op, axes))).toBe(isWide);
  if (axes) expect(isGlobal(graph(op, axes, true))).toBe(isWide);
});
