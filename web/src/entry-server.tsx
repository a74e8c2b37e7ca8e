// @refresh reload
import { createHandler, StartServer } from '@solidjs/start/server';

// renders the one HTML page of the app, once, when it is built
export default createHandler(() => (
  <StartServer
    document={({ assets, children, scripts }) => (
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1, interactive-widget=resizes-content" />
          <meta name="color-scheme" content="light dark" />
          <title>Holdfast</title>
          <link rel="icon" href="/mark.svg" type="image/svg+xml" />
          <link rel="manifest" href="/app.webmanifest" />
          {assets}
        </head>
        <body>
          <div id="app">{children}</div>
          {scripts}
        </body>
      </html>
    )}
  />
));
