import { beforeEach, expect, test, vi } from 'vitest';
import { QueueCare } from '../../../../../src/app/state/queue/queue-care';

let saves: boolean;
let care: QueueCare;
let eased: number;

beforeEach(() => {
  saves = false;
  eased = 0;
  care = new QueueCare(() => saves);
  care.onEase = () => eased++;
});

test('a battery below 20 % holds back, until it is charged', () => {
  care.takeBattery({ level: 0.2, isCharging: false });
  expect(care.refuse(0)).toBe('');
  care.takeBattery({ level: 0.19, isCharging: true });
  expect(care.refuse(0)).toBe('');
  care.takeBattery({ level: 0.19, isCharging: false });
  expect(care.refuse(0)).toMatch(/19 %/);
  care.takeBattery({ level: 0.18, isCharging: false });
  expect(eased).toBe(0);
  care.takeBattery({ level: 0.18, isCharging: true });
  expect([eased, care.refuse(0)]).toEqual([1, '']);
});

test('that it has run low is told once, and not to who has insisted', () => {
  const onLow = vi.fn();
  care.onLow = onLow;
  care.takeBattery({ level: 0.5, isCharging: false });
  expect(onLow).not.toHaveBeenCalled();
  care.takeBattery({ level: 0.19, isCharging: false });
  care.takeBattery({ level: 0.18, isCharging: false });
  expect(onLow).toHaveBeenCalledOnce();
  care.refuse(0);
  care.insist();
  care.takeBattery({ level: 0.17, isCharging: false });
  expect(onLow).toHaveBeenCalledOnce();
  care.takeBattery({ level: 0.17, isCharging: true });
  care.takeBattery({ level: 0.16, isCharging: false });
  expect(onLow).toHaveBeenCalledTimes(2);
});

test('who insists goes on, until the battery has been charged and is low again', () => {
  care.takeBattery({ level: 0.1, isCharging: false });
  care.refuse(0);
  care.insist();
  expect(care.refuse(0)).toBe('');
  care.takeBattery({ level: 0.05, isCharging: false });
  expect(care.refuse(0)).toBe('');
  care.takeBattery({ level: 0.5, isCharging: true });
  expect(eased).toBe(0);
  care.takeBattery({ level: 0.1, isCharging: false });
  expect(care.refuse(0)).not.toBe('');
});

test('where data is to be saved, nothing is loaded before the person insists; what is here runs', () => {
  saves = true;
  expect(care.refuse(0)).toBe('');
  expect(care.refuse(3e6)).toMatch(/3\.0 MB/);
  care.insist();
  expect(care.refuse(3e6)).toBe('');
});
