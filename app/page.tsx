import { redirect } from 'next/navigation'
import { routes } from '@/lib/routes'

const HomePage = () => redirect(routes.clusters())

export default HomePage
