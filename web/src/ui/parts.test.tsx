import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import { createSignal, type JSX } from 'solid-js';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { Button } from './Button.tsx';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { DataTable } from './DataTable.tsx';
import { NumberInput } from './NumberInput.tsx';
import { TextInput } from './TextInput.tsx';

afterEach(cleanup);

describe('Button', () => {
  it('cannot be pressed while it is busy, says what it does, and keeps the focus', () => {
    const onClick = vi.fn();
    render(() => <Button busy busyText="Saving…" onClick={onClick}>Save</Button>);
    const button = screen.getByRole('button');
    button.focus();
    fireEvent.click(button);
    expect(onClick).not.toHaveBeenCalled();
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(button.textContent).toContain('Saving…');
    expect(document.activeElement).toBe(button);
  });

  it('does not send its form while it is off', () => {
    const onSubmit = vi.fn((event: Event) => event.preventDefault());
    render(() => <form onSubmit={onSubmit}><Button type="submit" disabled>Send</Button></form>);
    fireEvent.click(screen.getByRole('button'));
    expect(onSubmit).not.toHaveBeenCalled();
  });

  it('is a link with an address', () => {
    render(() => <Button href="/exams">Exams</Button>);
    expect(screen.getByRole('link', { name: 'Exams' }).getAttribute('href')).toBe('/exams');
  });
});

describe('TextInput', () => {
  it('names its hint and its error for screen readers', () => {
    const [error, setError] = createSignal<string>();
    render(() => <TextInput label="E-mail" hint="We write there." error={error()} value="" />);
    const input = screen.getByLabelText('E-mail');
    expect(describedBy(input)).toEqual(['We write there.']);
    setError('There is no @.');
    expect(describedBy(input)).toEqual(['We write there.', 'There is no @.']);
    expect(input.getAttribute('aria-invalid')).toBe('true');
  });
});

function describedBy(element: HTMLElement): string[] {
  return (element.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '?');
}

describe('NumberInput', () => {
  function Minutes(props: { onValue: (value: number | undefined) => void; step?: number }): JSX.Element {
    const [value, setValue] = createSignal<number | undefined>(10);
    return <NumberInput label="Minutes" min={1} max={60} step={props.step ?? 1} value={value()} onChange={(next) => (setValue(next), props.onValue(next))} />;
  }

  it('takes a comma as a point', () => {
    const onValue = vi.fn();
    render(() => <Minutes onValue={onValue} step={0.5} />);
    fireEvent.input(screen.getByRole('spinbutton'), { target: { value: '2,5' } });
    expect(onValue).toHaveBeenLastCalledWith(2.5);
  });

  it('gives no value outside of its limits, keeps the text and says why', () => {
    const onValue = vi.fn();
    render(() => <Minutes onValue={onValue} />);
    const input = screen.getByRole<HTMLInputElement>('spinbutton');
    fireEvent.input(input, { target: { value: '90' } });
    fireEvent.blur(input);
    expect(onValue).toHaveBeenLastCalledWith(undefined);
    expect(input.value).toBe('90');
    expect(screen.getByText('Enter 60 or less.')).toBeDefined();
  });

  it('moves by arrow keys and stops at its limits', () => {
    const onValue = vi.fn();
    render(() => <Minutes onValue={onValue} />);
    const input = screen.getByRole('spinbutton');
    fireEvent.keyDown(input, { key: 'ArrowUp' });
    expect(onValue).toHaveBeenLastCalledWith(11);
    for (let press = 0; press < 20; press += 1) fireEvent.keyDown(input, { key: 'ArrowDown' });
    expect(onValue).toHaveBeenLastCalledWith(1);
  });
});

describe('ConfirmDialog', () => {
  it('asks for the reason and the word first, shows a refusal inside, and closes when it is done', async () => {
    const onClose = vi.fn();
    const onConfirm = vi.fn(() => Promise.reject(new Error('no')) as Promise<void>);
    render(() => <ConfirmDialog open onClose={onClose} title="End the exam" verb="End the exam" reason="required" word="END" onConfirm={onConfirm} />);
    const act = screen.getByRole('button', { name: 'End the exam' });
    fireEvent.click(act);
    expect(onConfirm).not.toHaveBeenCalled();
    expect(screen.getByText('This has to read END exactly.')).toBeDefined();
    fireEvent.input(screen.getByLabelText('Reason'), { target: { value: ' fire ' } });
    fireEvent.input(screen.getByLabelText('Type END to confirm'), { target: { value: 'END' } });
    fireEvent.click(act);
    expect(onConfirm).toHaveBeenCalledWith({ reason: 'fire' });
    expect((await screen.findByRole('alert')).textContent).toContain('This did not work');
    expect(onClose).not.toHaveBeenCalled();
    onConfirm.mockImplementation(() => Promise.resolve());
    fireEvent.click(act);
    await vi.waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  });
});

describe('DataTable', () => {
  interface Row { readonly id: string; readonly name: string }

  it('keeps a row, its focus and its selection when new data arrive', () => {
    const [rows, setRows] = createSignal<readonly Row[]>([{ id: 'a', name: 'Amara' }, { id: 'b', name: 'Jonas' }]);
    const [selected, setSelected] = createSignal<ReadonlySet<string>>(new Set());
    render(() => <DataTable label="Students" columns={[{ id: 'name', header: 'Name', cell: (row) => row.name }]} rows={rows()} rowKey={(row) => row.id} rowLabel={(row) => row.name} selected={selected()} onSelect={setSelected} />);
    const row = screen.getByText('Jonas').closest('tr')!;
    row.focus();
    fireEvent.click(screen.getByLabelText('Select Jonas'));
    setRows([{ id: 'b', name: 'Jonas L.' }, { id: 'a', name: 'Amara' }]);
    expect(document.activeElement).toBe(row);
    expect(row.textContent).toContain('Jonas L.');
    expect(row.getAttribute('aria-selected')).toBe('true');
    expect(screen.getByLabelText<HTMLInputElement>('Select Jonas L.').checked).toBe(true);
  });
});
