// @ts-check
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs `work` while no other process on this machine holds the lock of that name, and gives its result.
 * The lock is a listening local socket: the kernel frees it when its holder dies, however it dies, so
 * there is no stale lock to guess about.
 * @template T
 * @param {string} name What is locked, such as a folder's absolute path.
 * @param {() => Promise<T> | T} work
 * @param {{ onWait?: () => void, address?: string }} [options] `onWait` is called once if another process holds the lock.
 * @returns {Promise<T>}
 */
export async function withLock(name, work, { onWait, address = addressOf(name) } = {}) {
  const release = await acquire(address, onWait);
  try {
    return await work();
  } finally {
    await release();
  }
}

/**
 * @param {string} address
 * @param {(() => void) | undefined} onWait
 * @returns {Promise<() => Promise<void>>}
 */
async function acquire(address, onWait) {
  let told = false;
  for (;;) {
    const release = await tryListen(address);
    if (release) return release;
    if (await holderEnds(address, () => !told && ((told = true), onWait?.()))) continue;
    // Nobody answers: where the socket is a file (macOS), a dead holder has left it behind.
    if (isFile(address)) rmSync(address, { force: true });
  }
}

/**
 * @param {string} address
 * @returns {Promise<(() => Promise<void>) | undefined>} undefined where the address is in use
 */
function tryListen(address) {
  return new Promise((resolve, reject) => {
    /** @type {Set<import('node:net').Socket>} */
    const waiting = new Set();
    const server = createServer((socket) => {
      waiting.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => waiting.delete(socket));
    });
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(address, () => {
      server.unref();
      resolve(
        () =>
          new Promise((done) => {
            server.close(() => done());
            for (const socket of waiting) socket.destroy();
          }),
      );
    });
  });
}

/**
 * Waits until the process that listens at the address closes the connection: it is done or dead.
 * @param {string} address
 * @param {() => void} onConnected
 * @returns {Promise<boolean>} false where nobody listens
 */
function holderEnds(address, onConnected) {
  return new Promise((resolve) => {
    let connected = false;
    const socket = connect(address, () => {
      connected = true;
      onConnected();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(connected));
    socket.resume();
  });
}

/** @param {string} name */
function addressOf(name) {
  const key = `claviger-${createHash('sha256').update(name).digest('hex').slice(0, 24)}`;
  // A name that starts with NUL lies in Linux's abstract namespace: no file.
  if (process.platform === 'linux') return `\0${key}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${key}`;
  return join(tmpdir(), `${key}.sock`);
}

/** @param {string} address */
function isFile(address) {
  return !address.startsWith('\0') && !address.startsWith('\\\\.\\pipe\\');
}
