import next from 'eslint-config-next/core-web-vitals'
import typescript from 'eslint-config-next/typescript'
import { names } from './scripts/lib/eslint-names.mjs'
import { rooms } from './scripts/lib/eslint-rooms.mjs'

const product = ['app/**/*.{ts,tsx}', 'components/**/*.{ts,tsx}', 'lib/**/*.ts', '*.ts']
/** Next asks for default exports in these; everything else is named. */
const defaultExports = ['app/**/{page,layout,error,not-found,global-error,loading}.tsx', '*.config.{ts,mjs,js}']

const restricted = [
  { selector: 'ExportDefaultDeclaration', message: 'Export by name; default exports only where Next asks for them.' },
  { selector: "ExpressionStatement[directive='use server']", message: 'No Server Actions: they have been a door in Next’s own advisories.' },
]

const config = [
  { ignores: ['.next/**', 'node_modules/**', 'next-env.d.ts', '.slipway/**', 'test-results/**', 'playwright-report/**', 'lib/db/migrations/**'] },
  ...next,
  ...typescript,
  { plugins: { house: { rules: { names, rooms } } }, rules: { 'house/names': 'error' } },
  {
    files: product,
    rules: {
      'house/rooms': 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...restricted],
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'Read settings through lib/env.ts.' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // Speaks of a compiler that is not in use.
      'react-hooks/incompatible-library': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  { files: defaultExports, rules: { 'no-restricted-syntax': ['error', ...restricted.slice(1)] } },
  { files: ['lib/env.ts', 'instrumentation.ts', '*.config.ts'], rules: { 'no-restricted-properties': 'off' } },
  {
    files: ['lib/domain/**/*.ts', 'lib/twin/**/*.ts', 'lib/format/**/*.ts'],
    rules: {
      'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'Take the random source as an argument.' }, { object: 'Date', property: 'now', message: 'Take the time as an argument.' }],
    },
  },
  {
    files: ['tests/e2e/**/*.ts'],
    rules: {
      'react-hooks/rules-of-hooks': 'off',
      'no-restricted-syntax': [
        'error',
        { selector: "CallExpression[callee.property.name='waitForTimeout']", message: 'Wait for what the person waits for, not for time.' },
        { selector: "CallExpression[callee.property.name='route']", message: 'No interception: use a fault switch of the simulator.' },
        { selector: "CallExpression[callee.property.name='getByTestId']", message: 'Find things by role and label, as a person does.' },
        { selector: "CallExpression[callee.property.name='locator'] > Literal[value=/^[.#a-z]/]", message: 'Find things by role and label, as a person does.' },
      ],
    },
  },
]

export default config
