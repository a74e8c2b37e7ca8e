import { expect, it } from 'vitest';

import { Refusal } from '#domain/problem.ts';

import { deviceOf } from './device.ts';

it('a browser is recognised by its mark, and gets one when it has none', () => {
  const fresh = deviceOf({});
  expect(fresh.mark).toMatch(/^[A-Za-z0-9_-]{43}$/);
  const again = deviceOf({ cookie: `other=1; hf_device=${fresh.mark}` });
  expect(again).toEqual(fresh);
  expect(deviceOf({}).hash).not.toBe(fresh.hash);
});

it('a mark that we did not hand out is replaced', () => {
  expect(deviceOf({ cookie: 'hf_device=1' }).mark).not.toBe('1');
});

it('an API client is recognised by the secret that it sends, which is no mark of a browser', () => {
  const id = 'x'.repeat(43);
  const byHeader = deviceOf({ 'x-device-id': id });
  expect(byHeader.mark).toBeNull();
  expect(byHeader.hash).toBe(deviceOf({ 'x-device-id': id, cookie: 'hf_device=1' }).hash);
  expect(byHeader.hash).not.toBe(deviceOf({ cookie: `hf_device=${id}` }).hash);
});

it.each(['1', 'x'.repeat(201), 'fifteen letters with spaces'])('the device id %j is refused', (id) => {
  expect(() => deviceOf({ 'x-device-id': id })).toThrow(Refusal);
});
