import { createServer } from 'node:net';

/**
 * A port that nobody listens on.
 *
 * @returns {Promise<number>} Its number.
 */
export const freePort = () =>
  new Promise((done, fail) => {
    const server = createServer().on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 4273));
    });
  });
