import { findWebKit } from '../../scripts/engines.mjs';
import { describeJourney } from './journey';
import { launchWebKit } from './webkit';

const webKit = findWebKit();
describeJourney('WebKit', webKit && ((options) => launchWebKit(webKit, options)));
