import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import { IconButton } from './Button';

/** Short notes that something was done or failed, bottom right; they leave by themselves. */
export type Toaster = ReturnType<typeof createToaster>;

/** Makes what holds the toasts: `toaster.add({ title, description, type: 'error' })`. */
export function createToaster() {
  return Toast.createToastManager();
}

/** Shows the toasts of a toaster. Place it once. */
export function Toasts({ toaster }: { toaster: Toaster }) {
  return (
    <Toast.Provider toastManager={toaster} timeout={4000} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-50 flex w-80 flex-col gap-2 outline-none">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function List() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((toast) => (
    <Toast.Root
      key={toast.id}
      toast={toast}
      swipeDirection="right"
      className="rounded-md border border-line bg-raised shadow-popup transition-opacity duration-100 data-ending-style:opacity-0 data-limited:hidden data-starting-style:opacity-0 data-[type=error]:border-danger"
    >
      <Toast.Content className="flex items-start gap-2 py-2 pr-2 pl-3">
        <div className="min-w-0 flex-1 py-0.5">
          <Toast.Title className="text-sm font-medium text-ink" />
          <Toast.Description className="text-xs break-words text-ink-2" />
        </div>
        <Toast.Close render={<IconButton icon={X} label="Dismiss" small />} />
      </Toast.Content>
    </Toast.Root>
  ));
}
