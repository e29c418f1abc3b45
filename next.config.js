import path from 'node:path'

/** Files that are reached by path at run time, so that tracing cannot see them. */
const runtimeFiles = [
  './package.json',
  './lib/db/embedded/*.mjs',
  './lib/db/migrations/**',
  './node_modules/@electric-sql/pglite/**',
  './node_modules/@electric-sql/pglite-socket/**',
]

/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  outputFileTracingRoot: path.resolve(import.meta.dirname),
  outputFileTracingIncludes: { '/*': runtimeFiles },
  serverExternalPackages: ['@kubernetes/client-node', '@electric-sql/pglite', '@electric-sql/pglite-socket', 'postgres', 'pino', 'undici'],
  poweredByHeader: false,
  reactStrictMode: true,
  productionBrowserSourceMaps: false,
  // npm test checks the types of the whole tree, tests included; a build need not do it again.
  typescript: { ignoreBuildErrors: true },
  // The optimizer has been a door of its own; there is nothing to optimise here.
  images: { unoptimized: true },
  devIndicators: false,
}

export default config
