/** Where the API answers while the web app is being developed. */
export function apiUrl(): string {
  return process.env['HOLDFAST_API_URL'] ?? 'http://127.0.0.1:8080';
}
