import { useState } from 'react';
import { whyNoShare, type Person } from '../../../shared/model/drills/person';
import type { Plan } from '../../../shared/model/drills/plan';
import { useApp } from '../../app';
import { navigate } from '../../app/location';
import { useAnswer } from '../../app/useAnswer';
import { ErrorPanel, Select, SendDialog, TextField } from '../../ui';
import { drillsPath } from '../places';

/** Names the people and begins a drill. Nothing of the account is touched before its first step. */
export function StartDialog({ plan, onClose }: { plan: Plan; onClose: () => void }) {
  const { client } = useApp();
  const { value: people, error } = useAnswer((signal) =>
    client.drills.people(undefined, { signal }),
  );
  const active = people?.filter(({ retiredAt }) => retiredAt === undefined) ?? [];
  const [operator, setOperator] = useState('');
  const [approver, setApprover] = useState('');
  const [custodians, setCustodians] = useState<readonly string[]>([]);
  const [ticket, setTicket] = useState('');
  const options = [
    { value: '', label: 'Choose' },
    ...active.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const problem = problemOf({ plan, people: active, operator, approver, custodians });

  async function start(): Promise<void> {
    const { drill } = await client.drills.start({
      plan: plan.id,
      operator,
      approver,
      custodians: [...custodians],
      ...(ticket.trim() !== '' && { ticket: ticket.trim() }),
    });
    navigate(drillsPath({ kind: 'run', id: drill.id }));
  }

  return (
    <SendDialog
      title={`Start ${plan.name}`}
      description="Objectives and times are fixed from now on. Nothing is touched before the first step is run."
      action="Start"
      disabled={problem !== undefined}
      send={start}
      onDone={onClose}
      onClose={onClose}
    >
      {error && <ErrorPanel compact error={error} />}
      {people && active.length < 2 && (
        <p className="text-sm text-ink-2">
          Two people take part at least, each with a signing key of their own.{' '}
          <button
            type="button"
            className="text-link hover:underline"
            onClick={() => navigate(drillsPath({ kind: 'people' }))}
          >
            Add people
          </button>
        </p>
      )}
      <Choice label="Operator" value={operator} options={options} onChange={setOperator} />
      <Choice label="Approver" value={approver} options={options} onChange={setApprover} />
      {Array.from({ length: plan.custodians }, (_, index) => (
        <Choice
          // oxlint-disable-next-line react/no-array-index-key -- a place, not a person
          key={index}
          label={`Custodian ${index + 1}`}
          value={custodians[index] ?? ''}
          options={options}
          onChange={(person) =>
            setCustodians(
              Array.from({ length: plan.custodians }, (_, at) =>
                at === index ? person : (custodians[at] ?? ''),
              ),
            )
          }
        />
      ))}
      <TextField label="Change ticket" value={ticket} onChange={setTicket} maxLength={200} />
      {problem !== undefined && <p className="text-xs text-ink-2">{problem}</p>}
    </SendDialog>
  );
}

function Choice({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}) {
  return (
    <div>
      <span className="mb-1 block text-xs font-medium text-ink-2">{label}</span>
      <Select
        label={label}
        value={value}
        options={options}
        onChange={onChange}
        className="w-full"
      />
    </div>
  );
}

function problemOf({
  plan,
  people,
  operator,
  approver,
  custodians,
}: {
  plan: Plan;
  people: readonly Person[];
  operator: string;
  approver: string;
  custodians: readonly string[];
}): string | undefined {
  if (operator === '' || approver === '') return 'Choose operator and approver.';
  if (operator === approver) return 'The approver must be another person than the operator.';
  const named = custodians.filter((one) => one !== '');
  if (named.length < plan.custodians) return `The plan wants ${plan.custodians} custodians.`;
  if (new Set(named).size < named.length) return 'Each custodian must be another person.';
  if (!plan.steps.some(({ kind }) => kind === 'imported-material')) return undefined;
  return people.filter(({ id }) => named.includes(id)).flatMap((one) => whyNoShare(one) ?? [])[0];
}
