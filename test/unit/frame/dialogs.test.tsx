import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { Drawer, Identifier, LongText, SendDialog, TextField } from '../../../renderer/ui';

afterEach(cleanup);

const arn = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

test('an identifier that is cut in sight is whole for assistive technology and a search', () => {
  render(<Identifier value={arn} label="Key ARN" max={28} />);
  expect(screen.getByRole('button', { name: arn }).textContent).toBe(arn);
});

function Waive({ send }: { send: () => Promise<void> }) {
  const [reason, setReason] = useState('');
  const [approver, setApprover] = useState('');
  return (
    <SendDialog
      title="Waive"
      action="Waive"
      disabled={approver === ''}
      send={send}
      onDone={() => {}}
      onClose={() => {}}
    >
      <LongText label="Reason" value={reason} onChange={setReason} />
      <TextField label="Approved by" value={approver} onChange={setApprover} />
    </SendDialog>
  );
}

test('a dialog begins in its first field, and Enter in a field sends it once it is whole', async () => {
  const send = vi.fn(() => Promise.resolve());
  render(<Waive send={send} />);
  await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Reason')));
  const approver = screen.getByLabelText<HTMLInputElement>('Approved by');
  const form = approver.form;
  if (!form) throw new Error('The field is in no form.');
  // As Enter in a field does; the browser leaves it where the button is disabled.
  fireEvent.submit(form);
  expect(send).not.toHaveBeenCalled();
  fireEvent.change(approver, { target: { value: 'Grace Hopper' } });
  expect(screen.getByRole('button', { name: 'Waive' })).toHaveProperty('type', 'submit');
  fireEvent.submit(form);
  await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(1));
});

test('a drawer gives the focus back to what opened it', () => {
  function List() {
    const [open, setOpen] = useState(false);
    return (
      <>
        <button type="button" onClick={() => setOpen(true)}>
          A row
        </button>
        {open && (
          <Drawer label="Row" header="Row" takeFocus onClose={() => setOpen(false)}>
            Its facts
          </Drawer>
        )}
      </>
    );
  }
  render(<List />);
  const row = screen.getByRole('button', { name: 'A row' });
  row.focus();
  fireEvent.click(row);
  expect(document.activeElement).toBe(screen.getByRole('complementary', { name: 'Row' }));
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' });
  expect(screen.queryByRole('complementary')).toBeNull();
  expect(document.activeElement).toBe(row);
});
