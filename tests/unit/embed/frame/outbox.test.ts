import { expect, test, vi } from 'vitest';
import { HostOrders, type Ordered } from '../../../../src/embed/frame/host-orders';
import { Outbox } from '../../../../src/embed/frame/outbox';
import type { FrameMessage } from '../../../../src/embed/protocol';

const refusal = (id: number): FrameMessage => ({ type: 'failed', id, code: 'busy', message: '' });

function start() {
  const sent: FrameMessage[] = [];
  const pauses: (() => void)[] = [];
  const clock = (work: () => void) => {
    pauses.push(work);
    return () => undefined;
  };
  const outbox = new Outbox((message) => void sent.push(message), clock);
  return { sent, outbox, pass: () => pauses.splice(0).forEach((work) => work()), pauses };
}

test('what a host may ask at once is refused at once', () => {
  const { sent, outbox } = start();
  for (let id = 0; id < 100; id++) outbox.send(refusal(id));
  expect(sent).toHaveLength(100);
});

test('it is full while more than a stretch of refusals waits', () => {
  const { outbox, pass, pauses } = start();
  for (let id = 0; id < 999; id++) outbox.send(refusal(id));
  expect(outbox.isFull).toBe(false);
  outbox.send(refusal(999));
  expect(outbox.isFull).toBe(true);
  while (pauses.length > 0) pass();
  expect(outbox.isFull).toBe(false);
});

test('of a hundred thousand refusals few are sent before the host is quiet, and then each once', () => {
  const { sent, outbox, pass, pauses } = start();
  for (let id = 0; id < 100_000; id++) {
    outbox.send(refusal(id));
    // The host goes on, however long it takes.
    if (id % 1_000 === 0) pass();
  }
  expect(sent.length).toBeLessThan(1_000);
  outbox.send({ type: 'pong' });
  expect(sent.at(-1)).toEqual({ type: 'pong' });
  while (pauses.length > 0) pass();
  const ids = sent.flatMap((message) => (message.type === 'failed' ? [message.id] : []));
  expect(ids).toEqual(Array.from({ length: 100_000 }, (_, id) => id));
  // A later host's question does not wait for the flood's pauses.
  outbox.send(refusal(100_000));
  expect(sent.at(-1)).toMatchObject({ id: 100_000 });
});

test('any number of pings is answered once, behind what was said before', async () => {
  const send = vi.fn();
  const soon: (() => void)[] = [];
  const orders = new HostOrders({} as Ordered, send, (work) => void soon.push(work));
  for (let i = 0; i < 1_000; i++) await orders.obey({ type: 'ping' });
  expect(send).not.toHaveBeenCalled();
  for (const work of soon) work();
  expect(send.mock.calls).toEqual([[{ type: 'pong' }]]);
});
