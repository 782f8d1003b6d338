import './app/zod';
import './styles.css';
import { createRoot } from 'react-dom/client';
import { createBridgeClient } from './app/client';
import { createApp } from './app/createApp';
import { Root } from './app/Root';
import { watchApp } from './app/watch';

const app = createApp(createBridgeClient(window.claviger));

// The watch comes first: a call after it may ask for an MFA code through it.
void watchApp(app, new AbortController().signal);
void app.settings.getState().load();
void app.accounts.getState().load();
// Asked for before anything is drawn, so that main reads it while the frame is.
app.keys.store.getState().followScope(undefined);
void app.session.getState().load();

const root = document.querySelector('#root');
if (root) createRoot(root).render(<Root app={app} />);
