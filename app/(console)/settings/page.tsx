import { SettingsScreen } from '@/components/settings/settings-screen'

export const metadata = { title: 'Settings' }

const SettingsPage = () => <SettingsScreen />

export default SettingsPage
