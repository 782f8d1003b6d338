import { Bell } from 'lucide-react';
import { toErrorInfo } from '../../shared/model/errors';
import { useApp, useSession, useSettings } from '../app';
import { Button, Section, Switch } from '../ui';
import { Row, Rows } from './Rows';

/** Whether the system reminds of drills, and whether it can. */
export function DrillsSection() {
  const { client, toaster } = useApp();
  const [{ drillNotifications }, update] = useSettings();
  const can = useSession((session) => session.info?.notifications);

  const show = () =>
    client.app.tryNotification().then(
      ({ sent }) =>
        toaster.add(
          sent
            ? {
                title: 'A notification was handed to the system',
                description:
                  'If none appeared, the system’s settings forbid it, or nothing runs there that shows notifications: then reminders stand only beside Drills and on top of its list.',
              }
            : { title: 'The system shows no notifications', type: 'error' },
        ),
      (error: unknown) =>
        toaster.add({ title: 'Not shown', description: toErrorInfo(error).message, type: 'error' }),
    );

  return (
    <Section title="Recovery drills">
      <Rows>
        <Row
          label="Notifications"
          hint="Once a day at most the system shows what is due: drills, findings, changes that nobody took back. A click opens it. The window says the same beside Drills. The system’s own settings may forbid it."
        >
          <Switch
            label="Notifications of drills that are due"
            checked={drillNotifications}
            onChange={(on) => void update({ drillNotifications: on })}
          />
        </Row>
        {can === true && (
          <Row
            label="Whether they appear"
            hint="The system does not tell whether somebody saw a notification: look for yourself."
          >
            <Button icon={Bell} onClick={() => void show()}>
              Show one now
            </Button>
          </Row>
        )}
      </Rows>
      {can === false && (
        <p className="mt-2 text-sm text-stale">
          This system shows no notifications of programs (on Linux that takes libnotify and a
          desktop that shows them). What is due stands only beside Drills and on top of its list.
        </p>
      )}
    </Section>
  );
}
