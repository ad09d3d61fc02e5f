import { findFirefox } from '../../scripts/engines.mjs';
import { launchFirefox } from './firefox';
import { describeJourney } from './journey';

const firefox = findFirefox();
describeJourney('Firefox', firefox ? (options) => launchFirefox(firefox, options) : undefined);
