import { config } from 'zod';

// zod writes validators by `new Function` where it may; the page's policy forbids that, so it must
// not even try. This is to be imported before anything that makes a schema.
config({ jitless: true });
