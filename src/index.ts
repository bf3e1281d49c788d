/** mdraft: documents to faithful Markdown. */
export * from './core/index.ts'
