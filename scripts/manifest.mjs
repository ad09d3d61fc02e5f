/** What a system is told about the app when it is installed. */

/** Pictures for the installation dialog, taken by `npm run screenshots`; sizes in pixels. */
export const screenshots = [
  {
    src: 'screenshots/wide.jpg',
    sizes: '1280x800',
    form_factor: 'wide',
    label: 'A photo, half as it was, half enlarged, and what will be done to it',
  },
  {
    src: 'screenshots/narrow.jpg',
    sizes: '780x1688',
    form_factor: 'narrow',
    label: 'The same on a phone',
  },
];

/** Formats that can be opened, with their usual endings. */
const formats = {
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/png': ['.png'],
  'image/webp': ['.webp'],
  'image/tiff': ['.tif', '.tiff'],
  'image/avif': ['.avif'],
  'image/heic': ['.heic', '.heif'],
  'image/jxl': ['.jxl'],
  'image/gif': ['.gif'],
  'image/bmp': ['.bmp'],
};

/** Networks of a person's own, which have no type that any system knows. */
const models = ['.onnx', '.safetensors', '.pth'];

/**
 * The web app manifest.
 *
 * @param {string} base Path the app is served below, with slashes at both ends. It is the app's
 *   identity too: two copies below two paths of one host are two apps.
 * @returns {Partial<import('vite-plugin-pwa').ManifestOptions>} Addresses in it are relative to the
 *   base or begin with it.
 */
export function createManifest(base) {
  const icon = (/** @type {string} */ src, /** @type {string} */ sizes, purpose = 'any') => ({
    src,
    sizes,
    type: src.endsWith('.svg') ? 'image/svg+xml' : 'image/png',
    purpose: /** @type {'any' | 'maskable' | 'monochrome'} */ (purpose),
  });
  const shortcut = (
    /** @type {string} */ name,
    /** @type {string} */ action,
    /** @type {string} */ description,
  ) => ({
    name,
    url: `${base}?do=${action}`,
    description,
    icons: [icon(`icons/${action}-96.png`, '96x96')],
  });
  return {
    id: base,
    start_url: base,
    scope: base,
    name: 'Enlarger',
    short_name: 'Enlarger',
    description:
      'Makes photos larger and cleaner on your own device. Nothing is uploaded, and it works offline.',
    lang: 'en-GB',
    dir: 'ltr',
    display: 'standalone',
    theme_color: '#1c1c1c',
    background_color: '#1c1c1c',
    categories: ['photo', 'utilities'],
    icons: [
      icon('icon-192.png', '192x192'),
      icon('icon-512.png', '512x512'),
      icon('icon.svg', 'any'),
      icon('icon-maskable-192.png', '192x192', 'maskable'),
      icon('icon-maskable-512.png', '512x512', 'maskable'),
      icon('icon-monochrome-512.png', '512x512', 'monochrome'),
      icon('icon-monochrome.svg', 'any', 'monochrome'),
    ],
    screenshots: screenshots.map((shot) => ({
      ...shot,
      type: 'image/jpeg',
      form_factor: /** @type {'wide' | 'narrow'} */ (shot.form_factor),
    })),
    shortcuts: [
      shortcut('Open a photo', 'open', 'Choose a photo to enlarge or clean'),
      shortcut('Paste', 'paste', 'Open the picture that you have copied'),
      shortcut('Kept offline', 'shelf', 'See, complete or delete what works without a network'),
    ],
    file_handlers: [{ action: base, accept: { ...formats, 'application/octet-stream': models } }],
    share_target: {
      action: `${base}share`,
      method: 'POST',
      enctype: 'multipart/form-data',
      // Every picture, so that one that cannot be opened is answered with the reason.
      params: { files: [{ name: 'photo', accept: ['image/*', ...models] }] },
    },
    launch_handler: { client_mode: ['focus-existing', 'auto'] },
  };
}
