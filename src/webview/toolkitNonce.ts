/** The toolkit tries out a style while it loads, and takes the nonce that the page allows for it from here. */
const meta = document.createElement('meta');
meta.setAttribute('property', 'csp-nonce');
meta.content = document.currentScript?.nonce ?? '';
document.head.append(meta);
