import { cutOf, framedSize } from '../../core/frame/geometry';
import type { Size } from '../../core/picture/rect';
import { wholeFrame, type Frame } from '../../core/recipe/frame';
import type { Face } from '../../core/recipe/faces';
import type { Finish, Grade } from '../../core/recipe/finish';
import { controlsOf, scaleOf, type Recipe } from '../../core/recipe/recipe';
import { hasMarks } from '../../core/recipe/marks';
import { isSameTint } from '../../core/recipe/tint';
import { targetSize } from '../../core/recipe/target-size';
import type { Control } from '../../core/recipe/task-row';
import { isToggled, toggle } from '../../core/recipe/toggles';
import { tasks } from '../../core/recipe/tasks';
import { neutralTone, toneNames, type Tone } from '../../core/recipe/tone';
import { h } from './en-history';
import { light } from './en-light';
import { toneWord } from './en-tone';
import { saySigned } from './quantity';
import type { TaskPhrase } from './task-words';
import { fill, t } from './translate';

/** What is asked for and how it is finished. */
type Wish = { readonly recipe: Recipe; readonly finish: Finish };

/** Something that is set, and to what, in words. */
type Setting = { readonly name: string; readonly value: string };

/** Most changes of one step that are named. */
const mostNamed = 3;

/**
 * What one step of a history has changed.
 *
 * @param before What was asked for before it.
 * @param after What is asked for since then.
 * @param photo Size of the photo, without a frame.
 * @returns A few words, without a full stop: what is another, from what to what.
 */
export function describeChange(before: Wish, after: Wish, photo: Size): string {
  const earlier = listSettings(before, photo);
  const changes = listSettings(after, photo).flatMap(({ name, value: to }, i) => {
    const from = earlier[i]!.value;
    return from === to ? [] : h('fromTo', { name, from, to });
  });
  const { mask } = after.finish;
  if (mask && before.finish.mask && mask !== before.finish.mask) changes.push(h('paintedMore'));
  const { tint } = after.finish;
  if (tint && before.finish.tint && !isSameTint(tint, before.finish.tint))
    changes.push(h('tintedMore'));
  const { damage } = after.recipe;
  if (hasMarks(damage) && hasMarks(before.recipe.damage) && damage !== before.recipe.damage)
    changes.push(h('markedMore'));
  if (changes.length === 0) return h('other');
  const named = changes.slice(0, mostNamed).join(h('separator'));
  const count = changes.length - mostNamed;
  return count > 0 ? h('more', { changes: named, count }) : named;
}

/** All that can be set, always the same names in the same order. */
function listSettings({ recipe, finish }: Wish, photo: Size): readonly Setting[] {
  const { width, height } = targetSize(
    recipe.size ?? { by: 'factor', factor: scaleOf(recipe) },
    framedSize(recipe.frame, photo),
  );
  const controls = tasks.flatMap((row) => {
    const isOn = !row.toggle || isToggled(recipe, row);
    const values = controlsOf(isOn ? recipe : toggle(recipe, row, true), row);
    const asked = row.toggle ? [{ name: say(row.toggle.name), value: sayFlag(isOn) }] : [];
    const set = Object.entries<Control<TaskPhrase>>(row.controls).flatMap(([name, control]) =>
      // The enlargement is told by the size that it makes.
      'words' in control && name !== 'scale'
        ? [{ name: say(control.words.name), value: sayValue(control, values[name]) }]
        : [],
    );
    return [...asked, ...set];
  });
  return [
    { name: h('size'), value: t('plan.size', { width, height }) },
    ...listFrame(recipe.frame, photo),
    ...listTone(recipe.tone),
    ...controls,
    { name: h('damage'), value: hasMarks(recipe.damage) ? h('marked') : h('unmarked') },
    { name: h('seamless'), value: sayFlag(recipe.wrap === true) },
    ...listFinish(finish),
  ];
}

function listTone(tone: Tone = neutralTone): readonly Setting[] {
  return [
    { name: toneWord('negative'), value: sayFlag(tone.negative !== undefined) },
    ...toneNames.map((name) => ({
      name: toneWord(name),
      value: name === 'brightness' ? saySigned(tone[name], 1) : saySigned(tone[name] * 100),
    })),
  ];
}

function listFrame(frame: Frame = wholeFrame, photo: Size): readonly Setting[] {
  const { x, y, width, height } = cutOf(frame, photo);
  const place = { width, height, x: Math.round(x), y: Math.round(y) };
  return [
    { name: h('crop'), value: frame.crop ? h('cropped', place) : h('uncropped') },
    { name: h('straightened'), value: h('degrees', { degrees: saySigned(frame.angle, 1) }) },
    { name: h('turned'), value: h('degrees', { degrees: frame.turns * 90 }) },
    { name: h('flipped'), value: sayFlag(frame.flip) },
  ];
}

function listFinish(finish: Finish): readonly Setting[] {
  return [
    { name: t('strength.name'), value: sayShare(finish.strength) },
    { name: t('grain.name'), value: sayShare(finish.grain.amount) },
    { name: t('sharpen.name'), value: sayShare(finish.sharpen.amount) },
    { name: t('finish.luminance'), value: sayFlag(finish.luminanceOnly) },
    { name: t('finish.keepColours'), value: sayFlag(finish.colourLock > 0) },
    ...listGrade(finish.grade),
    { name: h('tint'), value: finish.tint ? h('tinted') : h('untinted') },
    { name: h('faces'), value: sayFaces(finish.faces) },
    { name: h('mask'), value: finish.mask ? h('painted') : h('everywhere') },
  ];
}

function listGrade(grade: Grade): readonly Setting[] {
  const swings = (
    ['contrast', 'temperature', 'saturation', 'vibrance', 'shadowTone', 'highlightTone'] as const
  ).map((name) => ({ name: light(name), value: saySigned(grade[name] * 100) }));
  return [
    { name: light('exposure'), value: saySigned(grade.exposure, 1) },
    ...swings,
    { name: light('monochrome'), value: sayFlag(grade.monochrome) },
  ];
}

/** A control's value. */
function sayValue(control: Control<TaskPhrase>, value: unknown): string {
  if (control.kind === 'percent') return t('percent', { percent: Number(value) });
  if (control.kind !== 'choice') return '';
  const option = control.options.find((each) => each.value === (value ?? control.usual));
  return option ? say(option.name, option.value) : '';
}

function say(phrase: TaskPhrase, value: number | string = ''): string {
  return fill(phrase, { value, scale: '', width: '', height: '' });
}

function sayShare(share: number): string {
  return t('percent', { percent: Math.round(share * 100) });
}

/** What each face is treated with, in their order. */
function sayFaces(faces: readonly Face[]): string {
  const each = faces.map(({ isGentle, amount }) => sayShare(isGentle ? amount : 1));
  return each.length === 0 ? h('faceless') : each.join(h('separator'));
}

function sayFlag(isOn: boolean): string {
  return isOn ? h('on') : h('off');
}
