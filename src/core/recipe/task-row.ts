import type { ControlValue, Known, Scale, Search, StepKind } from './kinds';
import type { Reason, ReasonKind } from './reasons';

/** How much of something: 0..100, where 0 is none of it. `Word` is the name of a phrase. */
export type PercentControl<Word extends string = string> = {
  readonly kind: 'percent';
  /** Where a step does not say it. */
  readonly usual: number;
  /** The search whose findings it is about: it is shown only where a model does that. */
  readonly search?: Search;
  readonly words: { readonly name: Word; readonly hint: Word };
};

/** One of a few values. */
export type ChoiceControl<Word extends string = string> = {
  readonly kind: 'choice';
  /** Where a step does not say it. */
  readonly usual: number | string;
  /** The value that does nothing, where there is one. */
  readonly off?: number | string;
  /** Whether it is shown only where models give a choice; else all values are shown, model or not. */
  readonly isOffered: boolean;
  /**
   * Whether the machine's pace decides where a step does not say it: the usual value is that, and is never
   * written. What each other value would take is shown beside it, out of the way of who does not care.
   */
  readonly isByPace?: boolean;
  readonly options: readonly ChoiceOption<Word>[];
  readonly words: { readonly name: Word };
};

/** A value of a {@link ChoiceControl}; its words may have a hole `{value}`. */
export type ChoiceOption<Word extends string = string> = {
  readonly value: number | string;
  /** What it was called before; still read. */
  readonly formerly?: number | string;
  readonly name: Word;
  /** What follows the name for those who hear it. */
  readonly also?: Word;
  /** What a pointer that rests on it is told. */
  readonly title?: Word;
  /** What stands below while it is chosen. */
  readonly hint?: Word;
};

/** Where a region lies (a {@link Box}), and what is done in it (a list of steps); not in the panel. */
export type RegionControl = { readonly kind: 'box' | 'steps' };

/** A network that a person has brought ({@link OwnName}), where a step names one; not in the short form of a recipe. */
export type OwnControl = { readonly kind: 'own' };

/** What can be set of a task. */
export type Control<Word extends string = string> =
  PercentControl<Word> | ChoiceControl<Word> | RegionControl | OwnControl;

/** Values of a task's controls, by name. */
export type ControlValues = Readonly<Record<string, ControlValue>>;

/** What a suggestion is made from. */
export type Case = {
  readonly reasons: readonly Reason[];
  /** The enlargement that is wanted. */
  readonly scale: Scale;
  /** What earlier steps of the suggestion answer already. */
  readonly answered: ReadonlySet<ReasonKind>;
};

/** Whether less of a task is asked for than is suggested, or more. */
export type Leaning = 'less' | 'more';

/**
 * All that anybody needs to know of a task: the parser, the suggestion, the plan, the worker, the panel,
 * the package and the report read it, and branch on no task's name.
 */
export type TaskRow<
  Controls extends ControlValues = ControlValues,
  Word extends string = string,
  Task extends string = string,
> = {
  readonly task: Task;
  /** Its place in the panel, from the top. */
  readonly place: number;
  /** In the order of the panel. */
  readonly controls: Readonly<Record<keyof Controls & string, Control<Word>>>;
  /** How many steps of the task a recipe may have; 1 where it is not here. */
  readonly most?: number;
  /**
   * The words of a checkbox that it is asked for by, at its usual controls, which are shown only then; where this is not
   * here, controls at 0 are all there is. What is switched on so stays on whatever else is suggested or chosen. Where it is
   * `isMarked`, it is for what is marked as damage on the picture.
   */
  readonly toggle?: { readonly name: Word; readonly hint: Word; readonly isMarked?: true };
  /**
   * Whether its work is the ground that Strength mixes the work of later steps with (see `countGround`): it takes damage away,
   * which nobody wants a part of back.
   */
  readonly isGround?: true;
  /** Whether its work is done before that of the rows above it: its place in a recipe is the table's all the same. */
  readonly isAhead?: true;
  /**
   * How the short form of a recipe writes a step: as an object under the task's name, as its only control's
   * value under that name, or as fields of the recipe itself.
   */
  readonly short: 'object' | 'value' | 'fields';
  /** Names of the planes that its networks may want behind R, G and B. */
  readonly planes: readonly string[];
  /** How much of its work is seen to begin with, where it comes last: 0..1; 1 where it is not here. */
  readonly usualStrength?: number;
  /** What it is suggested for. */
  readonly answers: readonly Reason['kind'][];
  readonly words: {
    /** While it is done, or planned. */
    readonly doing: Word;
    /** After it was done; holes for scale, width and height of the result. */
    readonly did: Word;
    /** What a Strength of 0 % leaves of it. */
    readonly strength: Word;
  };
  /** The controls that answer a case, or null where nothing is to be done. */
  suggest(given: Case): Controls | null;
  /**
   * The controls of an alternative to a suggestion, or null where it does nothing. It is asked also where the
   * suggestion has no such step: `controls` is null then. Where this is not here, the suggestion stands.
   */
  vary?(
    controls: Controls | null,
    leaning: Leaning,
    given: Pick<Case, 'reasons' | 'scale'>,
  ): Controls | null;
  /** How a suggestion names a step: null for not at all; `words.doing` where this is not here. */
  advise?(controls: Controls): Word | null;
  /**
   * What to ask for instead where no model does a step, or null where there is nothing less; a step is left
   * out where this is not here.
   */
  retreat?(controls: Controls): Controls | null;
  /** What a step is made of, in the order of work; nothing where it changes nothing. */
  steps(controls: Controls, known: Known): readonly StepKind[];
};

/** The tasks that there are, in the order of work. */
export type TaskTable<Word extends string = string> = readonly TaskRow<ControlValues, Word>[];

/**
 * Types a row by its controls and keeps its name and those of its phrases.
 *
 * @returns A function that gives a row back as it is.
 */
export const rowOf =
  <Controls extends ControlValues>() =>
  <const Word extends string, const Task extends string>(
    row: TaskRow<Controls, Word, Task>,
  ): TaskRow<Controls, Word, Task> =>
    row;
