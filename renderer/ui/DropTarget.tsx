import type { ReactNode } from 'react';

/** A part of the window that takes dropped files and folders. */
export function DropTarget({
  onFiles,
  className,
  children,
}: {
  onFiles: (files: readonly File[]) => void;
  className?: string | undefined;
  children: ReactNode;
}) {
  return (
    <div
      role="presentation"
      className={className}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const files = [...event.dataTransfer.files];
        if (files.length > 0) onFiles(files);
      }}
    >
      {children}
    </div>
  );
}
