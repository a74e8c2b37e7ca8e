/** Media types of handed-in images that the API lets a page show. */
export const SHOWN: readonly string[] = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];
