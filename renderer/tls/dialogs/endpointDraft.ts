import { endpointSchema, type Endpoint, type EndpointEdit } from '../../../shared/model/tls/fleet';

/** An endpoint as it is being typed. */
export interface EndpointDraft {
  readonly name: string;
  readonly host: string;
  readonly port: string;
  readonly sni: 'host' | 'other' | 'none';
  readonly otherName: string;
  readonly owner: string;
  readonly tags: string;
  readonly elbPolicy: string;
  readonly clientCertificate: boolean;
}

/** The draft to begin with: empty, or as the endpoint is now. */
export function draftOf(endpoint: Endpoint | undefined): EndpointDraft {
  const sni = endpoint?.sni ?? null;
  return {
    name: endpoint?.name ?? '',
    host: endpoint?.host ?? '',
    port: String(endpoint?.port ?? 443),
    sni: sni === null ? 'host' : sni === '' ? 'none' : 'other',
    otherName: sni ?? '',
    owner: endpoint?.owner ?? '',
    tags: endpoint?.tags.join(', ') ?? '',
    elbPolicy: endpoint?.elbPolicy ?? '',
    clientCertificate: endpoint?.clientCertificate ?? false,
  };
}

/** What a text means that was typed or pasted as a host: `https://shop.example:8443/x` has a port in it. */
export function splitHost(text: string): { host: string; port?: string } {
  const bare = text.trim().replace(/^[a-z][a-z0-9+.-]*:\/\//i, '');
  const match = /^(\[[0-9a-f:.%]+\]|[^/?#:]+)(?::(\d{1,5}))?(?:[/?#].*)?$/i.exec(bare);
  if (!match) return { host: text.trim() };
  const [, host = '', port] = match;
  return { host: host.replace(/^\[|\]$/g, ''), ...(port !== undefined && { port }) };
}

function isPort(text: string): boolean {
  return /^\d+$/.test(text.trim()) && endpointSchema.shape.port.safeParse(Number(text)).success;
}

/** What is wrong with a draft, by field; empty where nothing is. */
export function draftProblems({
  host,
  port,
  sni,
  otherName,
}: EndpointDraft): Partial<Record<'host' | 'port' | 'otherName', string>> {
  const { host: name, port: within } = splitHost(host);
  const isName = name !== '' && name.length <= 253 && !/[\s/@]/.test(name);
  return {
    ...(!isName
      ? { host: 'A host name or an IP address.' }
      : within !== undefined &&
        !isPort(within) && { host: 'Its port is a number from 1 to 65535.' }),
    ...(!isPort(port) && { port: 'A number from 1 to 65535.' }),
    ...(sni === 'other' &&
      (otherName.trim() === '' || /[\s/:]/.test(otherName.trim())) && {
        otherName: 'A host name.',
      }),
  };
}

/** What is sent to be kept. */
export function editOf(draft: EndpointDraft, endpoint: Endpoint | undefined): EndpointEdit {
  const { host, port } = splitHost(draft.host);
  const tags = draft.tags.split(',').flatMap((tag) => tag.trim() || []);
  return {
    ...(endpoint && { id: endpoint.id }),
    name: draft.name.trim(),
    host,
    port: Number(port ?? draft.port),
    sni: { host: null, none: '', other: draft.otherName.trim() }[draft.sni],
    owner: draft.owner.trim(),
    tags: [...new Set(tags)],
    elbPolicy: draft.elbPolicy || null,
    clientCertificate: draft.clientCertificate,
    source: endpoint?.source ?? 'by hand',
  };
}
