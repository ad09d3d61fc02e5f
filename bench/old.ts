import { measureFading } from './fading';
import { measureFinding } from './finding';
import { measureHealing } from './healing';
import { measureNegatives } from './negatives';
import { measurePatterns } from './patterns';
import { measurePress } from './press';

/** What of old photos is measured, by its name on the command line. */
const parts: Readonly<Record<string, (data: string, args: readonly string[]) => Promise<void>>> = {
  finding: measureFinding,
  healing: measureHealing,
  patterns: measurePatterns,
  fading: measureFading,
  negatives: measureNegatives,
  press: measurePress,
};

/**
 * Measures what is done for old photos: damage found and healed, patterns taken out, colours brought back, negatives made positive, in which order, and
 * what one press switches on.
 *
 * @param data Folder of the benchmark photos.
 * @param args One of the parts, all by default; for `finding` then a folder of models.
 */
export async function measureOld(data: string, args: readonly string[]): Promise<void> {
  const [name, ...others] = args;
  const wanted = name && name in parts ? [name] : Object.keys(parts);
  for (const each of wanted) {
    console.log(`old photos: ${each}`);
    await parts[each]!(data, name && name in parts ? others : args);
  }
}
