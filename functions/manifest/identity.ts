import type { ContextFunctions } from './kinds.ts'

export const identity: ContextFunctions = {
  http: [
    {
      name: 'identity',
      entry: 'functions/http/identity/index.ts',
      nouns: ['tenant', 'me', 'users', 'handovers', 'api-keys'],
      paths: [],
      table: 'write',
      system: 'write',
    },
  ],
}
