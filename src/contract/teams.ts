/** Teams: people who own proposals together. */
import { z } from 'zod'
import { bounds } from './bounds.ts'
import { idSchema, timeSchema } from './envelope.ts'

/** A viewer reads, an editor also changes, an owner also decides who is in the team. */
export const teamRoles = ['viewer', 'editor', 'owner'] as const

const memberSchema = z.object({
  user_id: idSchema,
  email: z.string(),
  name: z.string(),
  role: z.enum(teamRoles),
  created_at: timeSchema,
})
export const invitationSchema = z.object({
  id: idSchema,
  email: z.string(),
  role: z.enum(teamRoles),
  expires_at: timeSchema,
})
export const teamSummarySchema = z.object({
  id: idSchema,
  name: z.string(),
  /** The caller's own. */
  role: z.enum(teamRoles),
  created_at: timeSchema,
})
export const teamSchema = teamSummarySchema.extend({
  members: z.array(memberSchema).max(bounds.people),
  /** Empty for all but owners. */
  invitations: z.array(invitationSchema).max(bounds.people),
})
export type Team = z.infer<typeof teamSchema>
export type TeamSummary = z.infer<typeof teamSummarySchema>

export const nameTeamSchema = z.strictObject({ name: z.string().trim().min(1).max(100) })
export const inviteSchema = z.strictObject({
  email: z
    .email()
    .max(255)
    .transform((text) => text.toLowerCase()),
  role: z.enum(teamRoles),
})
export const changeMemberSchema = z.strictObject({ role: z.enum(teamRoles) })
export const joinSchema = z.strictObject({ token: z.string().min(20).max(200) })
