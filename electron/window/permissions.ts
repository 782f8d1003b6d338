import type { Session } from 'electron';
import type { Log } from '../log/log';

/**
 * What the page may have of Chromium's permissions, each with its reason. Copying goes through main
 * (`app.copyText`), printing and full screen are menu items of main, notifications are main's: so
 * the table is empty, and what Chromium invents next is refused with the rest.
 */
export const allowedPermissions: Readonly<Record<string, { readonly reason: string }>> = {};

/** Decides every permission of a session by the table; devices (USB, HID, serial, Bluetooth) are never given. */
export function restrictPermissions(
  session: Pick<
    Session,
    | 'setPermissionRequestHandler'
    | 'setPermissionCheckHandler'
    | 'setDevicePermissionHandler'
    | 'setDisplayMediaRequestHandler'
  >,
  log: Log,
): void {
  session.setPermissionRequestHandler((_contents, permission, decide) => {
    const allowed = isAllowed(permission);
    if (!allowed) log('warn', `refused: permission ${permission}`);
    decide(allowed);
  });
  session.setPermissionCheckHandler((_contents, permission) => isAllowed(permission));
  session.setDevicePermissionHandler(() => false);
  // Without a stream, the page's request for the screen fails.
  session.setDisplayMediaRequestHandler((_request, give) => give({}));
}

function isAllowed(permission: string): boolean {
  return Object.hasOwn(allowedPermissions, permission);
}
