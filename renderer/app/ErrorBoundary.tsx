import { Bug } from 'lucide-react';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { Button, EmptyState } from '../ui';

/**
 * Keeps a defect in one screen from taking the window with it. Give it the screen as `key`, so that
 * another screen starts anew. React offers this as a class only.
 */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: unknown, info: ErrorInfo): void {
    // The window has no log of its own; main records its console.
    // oxlint-disable-next-line no-console -- see above
    console.error(error, info.componentStack);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <EmptyState
        icon={Bug}
        title="This screen has failed"
        actions={
          <>
            <Button variant="primary" onClick={() => this.setState({ failed: false })}>
              Try again
            </Button>
            <Button onClick={() => location.reload()}>Reload the window</Button>
          </>
        }
      >
        A defect in Claviger stopped it. Nothing at AWS was changed by this, and what was recorded
        is kept.
      </EmptyState>
    );
  }
}
