import { stemOf } from './neighbours';

/**
 * Makes one file of each two that ncnn writes for a network: its steps (`.param`), a zero, and its numbers (`.bin`). What such a file's
 * hash is, is that of both in this order.
 *
 * @param files Any.
 * @returns The same, pairs under the first one's name in its place; what has no other half stays as it is.
 */
export function joinPairs(files: readonly File[]): File[] {
  const numbers = files.filter(({ name }) => endOf(name) === 'bin');
  const steps = files.filter(({ name }) => endOf(name) === 'param');
  const isOne = numbers.length === 1 && steps.length === 1;
  const other = ({ name }: File) =>
    isOne ? numbers[0] : numbers.find((each) => stemOf(each.name) === stemOf(name));
  const taken = new Set(steps.map(other));
  return files
    .filter((file) => !taken.has(file))
    .map((file) => {
      const half = endOf(file.name) === 'param' && other(file);
      return half ? new File([file, '\0', half], file.name) : file;
    });
}

const endOf = (name: string): string => name.replace(/^.*\./, '').toLowerCase();
