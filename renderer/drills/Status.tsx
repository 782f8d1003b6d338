import { Badge, type StatusLook } from '../ui';

/** A status as word, icon and colour. */
export function Status({ look }: { look: StatusLook }) {
  return (
    <Badge tone={look.tone} icon={look.icon}>
      {look.word}
    </Badge>
  );
}
