import { randomUUID } from 'node:crypto';
import { compareDrills } from '../../../shared/model/drills/compare';
import { reportTitle } from '../../../shared/model/drills/drill';
import { findingSchema } from '../../../shared/model/drills/finding';
import { checkInThread } from '../bundle/checkInThread';
import type { DrillHandlers, Shared } from './index';

type RecordHandlers = Pick<
  DrillHandlers,
  | 'people'
  | 'addPerson'
  | 'changePassphrase'
  | 'retirePerson'
  | 'saveFinding'
  | 'findings'
  | 'close'
  | 'sign'
  | 'addAddendum'
  | 'exportBundle'
  | 'verifyBundle'
  | 'compare'
>;

/** People, findings, and the record: closed, signed, added to, given away, checked. */
export function recordHandlers({
  bundle,
  ...shared
}: Shared & {
  readonly bundle: (drill: string) => { name: string; content: AsyncIterable<Uint8Array> };
}): RecordHandlers {
  const { drills, people, lifecycle, view, at } = shared;
  return {
    people: () => people.all(),
    addPerson: (input, { signal }) =>
      'kms' in input
        ? people.addKms(input.name, input.kms, input.sharesPassphrase, signal)
        : people.add(input.name, input.passphrase),
    async changePassphrase({ person, passphrase, newPassphrase }) {
      await people.changePassphrase(person, passphrase, newPassphrase);
      return undefined;
    },
    retirePerson({ person }) {
      people.retire(person);
      return undefined;
    },
    async saveFinding({ drill: id, finding: given }) {
      const drill = drills.get(id);
      const finding = findingSchema.parse({
        ...given,
        id: given.id ?? randomUUID(),
        state: given.state ?? 'open',
      });
      const time = await at(drill);
      return shared.store.transaction(() => {
        drills.putFinding(id, finding);
        // What becomes of a finding later is not for the closed record.
        if (drill.state !== 'closed') drills.append(id, { kind: 'finding', at: time, finding });
        return finding;
      });
    },
    findings: () =>
      drills.findings().map(({ drill, finding }) => ({
        ...finding,
        drill,
        planName: drills.get(drill).plan.name,
      })),
    async close({ drill: id, printed }) {
      const drill = drills.get(id);
      const report = printed ? await shared.printPage(reportTitle(drill)) : undefined;
      return view(lifecycle.close(drill, await at(drill), report));
    },
    async sign({ drill: id, person, passphrase }, { signal }) {
      const drill = drills.get(id);
      const signer = await people.signer(person, passphrase);
      return view(await lifecycle.sign(drill, signer, await at(drill), signal));
    },
    async addAddendum({ drill: id, person, passphrase, text }, { signal }) {
      const drill = drills.get(id);
      const signer = await people.signer(person, passphrase);
      return view(await lifecycle.add(drill, signer, text, await at(drill), signal));
    },
    async exportBundle({ drill: id }) {
      const { name, content } = bundle(id);
      const file = await shared.saveFile({ suggestedName: name, content });
      return file === null ? null : { file, sumsSha256: drills.get(id).sumsSha256 ?? '' };
    },
    async verifyBundle(_input, hooks) {
      const [path] = await shared.pickPaths('files');
      return path === undefined ? null : checkInThread(path, hooks);
    },
    compare: ({ before, after }) => compareDrills(drills.get(before), drills.get(after)),
  };
}
