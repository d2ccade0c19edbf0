import './toolkit.ts'; // first, and at once: it asks for the nonce of the script that runs
import './speak.ts';

/** One script for all pages: the host says on the body which one it is. */
if (document.body.dataset.page === 'greener') void import('./greener/index.ts');
else void import('./index.ts');
