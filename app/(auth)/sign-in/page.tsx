import { SignInScreen } from '@/components/sign-in/sign-in-screen'
import { getServer } from '@/lib/server'

export const metadata = { title: 'Sign in' }

type SignInPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

const text = (value: string | string[] | undefined) => (typeof value === 'string' ? value : undefined)

const SignInPage = async ({ searchParams }: SignInPageProps) => {
  const { callbackUrl, reason } = await searchParams
  return <SignInScreen callbackUrl={text(callbackUrl)} reason={text(reason)} isSimulator={getServer().installation().isSimulator} />
}

export default SignInPage
