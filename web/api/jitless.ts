/** First of all imports: zod decides how it parses when schemas are made, and compiling needs the eval that is forbidden. */
import { z } from 'zod'

z.config({ jitless: true })
