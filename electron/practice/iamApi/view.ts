import type { Account } from '../account/account';
import type { Collections } from '../account/collections';
import type { Directory } from '../iam/directory';
import type { RoleRecord, UserRecord } from '../iam/model';

/** What IAM shows of one account. */
export interface IamView {
  readonly users: readonly UserRecord[];
  readonly roles: readonly RoleRecord[];
  readonly serverCertificates: readonly ServerCertificateRecord[];
  /** The credential report that was made last. */
  readonly report: () => ReportRecord | undefined;
  readonly keepReport: (report: ReportRecord) => void;
}

export interface ServerCertificateRecord {
  readonly name: string;
  /** `ASCA...` */
  readonly id: string;
  readonly uploadedAt: number;
  readonly expiresAt: number;
}

export interface ReportRecord {
  readonly madeAt: number;
  readonly csv: string;
}

/** The certificates that the practice account keeps in IAM, by name. */
export function serverCertificatesOf(state: Collections) {
  return state.of<ServerCertificateRecord>('iam-server-certificate');
}

export function iamView(
  { state, accountId: own }: Account,
  directory: Directory,
  accountId: string,
): IamView {
  const reports = state.of<ReportRecord>('iam-credential-report');
  const isOf = (one: { readonly accountId: string }) => one.accountId === accountId;
  return {
    users: directory.users().filter(isOf),
    roles: directory.roles().filter(isOf),
    serverCertificates: accountId === own ? [...serverCertificatesOf(state).values()] : [],
    report: () => reports.get(accountId),
    keepReport(report) {
      reports.put(accountId, report);
      state.commit();
    },
  };
}

/** When users and roles were made of whom nothing is known. */
const longAgo = Date.UTC(2025, 0, 1);

export function madeAt({ createdAt = longAgo }: UserRecord | RoleRecord): number {
  return createdAt;
}

/** Of a user's access key. */
export function keyMadeAt(user: UserRecord): number {
  return user.keyMadeAt ?? madeAt(user);
}
