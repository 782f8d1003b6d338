import { useId, useRef, useState } from 'react';
import { toErrorInfo, type ErrorInfo } from '../../../shared/model/errors';
import type { Endpoint } from '../../../shared/model/tls/fleet';
import { useApp } from '../../app';
import { Button, Checkbox, Dialog, ErrorPanel, Segmented, Select, TextField } from '../../ui';
import { elbPolicyOptionsWith } from '../elbPolicies';
import { draftOf, draftProblems, editOf, splitHost, type EndpointDraft } from './endpointDraft';
import { Field } from './Field';

/** Adds an endpoint, or changes the one given. */
export function EndpointDialog({
  endpoint,
  onClose,
}: {
  endpoint: Endpoint | undefined;
  onClose: () => void;
}) {
  const { tls } = useApp();
  const [draft, setDraft] = useState(() => draftOf(endpoint));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorInfo>();
  const host = useRef<HTMLInputElement>(null);
  const form = useId();
  const problems = draftProblems(draft);
  const shown = tried ? problems : {};
  const set = (patch: Partial<EndpointDraft>) => setDraft((now) => ({ ...now, ...patch }));

  async function save(): Promise<void> {
    setTried(true);
    if (Object.keys(problems).length > 0) return host.current?.focus();
    setBusy(true);
    try {
      const saved = await tls.store.getState().save(editOf(draft, endpoint));
      tls.selection.setState({ active: saved.id, anchor: saved.id });
      onClose();
    } catch (thrown) {
      setError(toErrorInfo(thrown));
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      wide
      onClose={onClose}
      initialFocus={host}
      title={endpoint ? 'Edit the endpoint' : 'Add an endpoint'}
      description="Every address of the name is scanned. Nothing is contacted before you scan."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" form={form} busy={busy}>
            {endpoint ? 'Save' : 'Add'}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {error && <ErrorPanel compact error={error} />}
        <div className="flex gap-3">
          <TextField
            ref={host}
            label="Host"
            placeholder="shop.example.com"
            className="flex-1"
            value={draft.host}
            error={shown.host}
            onChange={(text) => set({ host: text })}
            onBlur={() => {
              const { host: name, port } = splitHost(draft.host);
              set({ host: name, ...(port !== undefined && { port }) });
            }}
          />
          <TextField
            label="Port"
            className="w-28"
            inputMode="numeric"
            value={draft.port}
            error={shown.port}
            onChange={(port) => set({ port })}
          />
        </div>
        <div className="flex gap-3">
          <TextField
            label="Name"
            placeholder="Web shop"
            className="flex-1"
            value={draft.name}
            onChange={(name) => set({ name })}
          />
          <TextField
            label="Owner"
            placeholder="Team or person"
            className="flex-1"
            value={draft.owner}
            onChange={(owner) => set({ owner })}
          />
        </div>
        <TextField
          label="Tags"
          placeholder="production, pci"
          hint="Separated by commas."
          value={draft.tags}
          onChange={(tags) => set({ tags })}
        />
        <div className="flex items-start gap-3">
          <Field label="Name that is sent (SNI)">
            <Segmented
              label="Name that is sent (SNI)"
              value={draft.sni}
              segments={[
                { value: 'host', label: 'The host' },
                { value: 'other', label: 'Another' },
                { value: 'none', label: 'None' },
              ]}
              onChange={(sni) => set({ sni })}
            />
          </Field>
          {draft.sni === 'other' && (
            <TextField
              label="Other name"
              className="flex-1"
              value={draft.otherName}
              error={shown.otherName}
              onChange={(otherName) => set({ otherName })}
            />
          )}
        </div>
        <Field label="ELB policy to satisfy">
          <Select
            label="ELB policy to satisfy"
            className="w-full"
            value={draft.elbPolicy}
            options={[
              { value: '', label: 'None is demanded' },
              ...elbPolicyOptionsWith(draft.elbPolicy),
            ]}
            onChange={(elbPolicy) => set({ elbPolicy })}
          />
        </Field>
        <Checkbox
          checked={draft.clientCertificate}
          onChange={(clientCertificate) => set({ clientCertificate })}
        >
          Clients need a certificate here (mutual TLS)
        </Checkbox>
      </form>
    </Dialog>
  );
}
