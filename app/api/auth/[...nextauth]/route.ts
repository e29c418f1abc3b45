import { authRoute } from '@/lib/http/auth-route'
import { signIn } from '@/lib/services/sign-in'

const handle = authRoute(signIn)

export { handle as GET, handle as POST }
