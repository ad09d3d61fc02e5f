/**
 * `npm run test:training`: runs the tests of `training/` with a Python that has what they import,
 * installing the distribution's packages where this runs as root on Debian.
 */
import { spawn, spawnSync } from 'node:child_process';
import { installPackages, root } from './install.mjs';
import { closingLine, single, tallyPytest } from './tally.mjs';

const packages = ['torch', 'onnx', 'pil', 'numpy', 'scipy', 'pytest'].map((x) => `python3-${x}`);
const pythons = ['/usr/bin/python3', 'python3'];
const imports = 'import torch, onnx, PIL, numpy, scipy, pytest';

/** @returns {string | undefined} A Python that can import everything. */
const findPython = () =>
  pythons.find((python) => spawnSync(python, ['-c', imports], { stdio: 'ignore' }).status === 0);

/** @param {import('./tally.mjs').Tally} tally */
function finish(tally) {
  console.log(`\n${closingLine(tally)}`);
  process.exit(tally.failed ? 1 : 0);
}

let python = findPython();
if (!python && installPackages(packages)) python = findPython();
if (!python) {
  console.error(
    `The training tests need a Python 3 that can "${imports}": on Debian or Ubuntu ` +
      `"apt-get install ${packages.join(' ')}", elsewhere "python3 -m pip install torch onnx pillow numpy scipy pytest".`,
  );
  finish(single(false));
} else {
  // Threads that wait for each other spin: beside other work the tests took ten times as long with two.
  const env = { ...process.env, OMP_NUM_THREADS: '1' };
  const child = spawn(python, ['-m', 'pytest', 'training/tests', '-q'], { cwd: root, env });
  let output = '';
  child.stdout.on('data', (/** @type {Buffer} */ data) => {
    output += data.toString();
    process.stdout.write(data);
  });
  child.stderr.pipe(process.stderr);
  child.on('close', (code) => finish(tallyPytest(output, code === 0)));
}
