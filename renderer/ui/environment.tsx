import { createContext, useContext, type ReactNode } from 'react';

/** What shared components need of the program around them; the frame gives it. */
export interface UiEnvironment {
  /** Zone in which times are shown. */
  readonly timeZone: 'utc' | 'local';
  /** Puts text on the clipboard and says so; `label` names it: `ARN`, `Key id`. */
  readonly copy: (text: string, label: string) => void;
}

const Environment = createContext<UiEnvironment>({ timeZone: 'utc', copy: () => {} });

/** Gives shared components their environment. */
export function UiProvider({
  environment,
  children,
}: {
  environment: UiEnvironment;
  children: ReactNode;
}) {
  return <Environment value={environment}>{children}</Environment>;
}

/** The environment of shared components. */
export function useUi(): UiEnvironment {
  return useContext(Environment);
}
