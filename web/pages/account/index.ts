/** The pages about oneself, in a bundle of their own. */
export { AgentsPage } from './agents.tsx'
export { ForgotPage, ResetPage, VerifyPage } from './letters.tsx'
export { SettingsPage } from './settings.tsx'
export { SignInPage } from './sign-in.tsx'
export { SignUpPage } from './sign-up.tsx'
export { UsagePage } from './usage.tsx'
export { WebhooksPage } from './webhooks.tsx'
