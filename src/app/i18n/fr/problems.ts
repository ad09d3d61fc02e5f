import type { enProblems } from '../en-problems';
import type { Translation } from '../speak';

/** What can go wrong and what is worth a note, in French: what happened, what is kept, what to do next. */
export const problems: Translation<typeof enProblems> = {
  'problem.file-unreadable':
    'Ce fichier n’a pas pu être lu : il a peut-être été déplacé ou modifié, ou il est trop grand pour la mémoire. Choisissez-le à nouveau.',
  'problem.file-empty':
    'Ce fichier est vide : il n’a peut-être pas été copié ou téléchargé en entier. Essayez une autre copie.',
  'problem.file-foreign':
    'C’est {kind}, qui ne s’ouvre pas ici : exportez en JPEG ou en PNG, puis ouvrez le résultat.',
  'problem.file-unknown':
    'Ce fichier n’est pas une image qui s’ouvre ici, quel que soit son nom : les formats acceptés sont JPEG, PNG, WebP, TIFF, AVIF, HEIC, JPEG XL, GIF et BMP.',
  'problem.file-damaged':
    'Ce fichier {format} est endommagé ou incomplet et ne peut pas être ouvert : essayez-en une autre copie.',
  'problem.clip.codec':
    'Les images de cette vidéo sont en {codec}, que ce navigateur ne décode pas : convertissez-la en H.264 ou ouvrez-la dans un autre navigateur.',
  'problem.clip.browser':
    'Ce navigateur ne décode pas lui-même les vidéos : ouvrez celle-ci dans une version récente de Chrome, Edge, Safari ou Firefox.',
  'problem.clip.pictures':
    'Ce fichier contient du son, mais aucune image : il n’y a rien à agrandir.',
  'problem.clip.protected':
    'Cette vidéo est protégée contre la copie et ne s’ouvre que dans le programme qui en détient la clé.',
  'problem.clip.hdr':
    'Cette vidéo est en HDR, dont les hautes lumières seraient perdues ici : convertissez-la en vidéo ordinaire (SDR), puis ouvrez le résultat.',
  'problem.file-cut-off':
    'Ce fichier {format} est incomplet et rien ne peut en être affiché : essayez-en une autre copie.',
  'problem.large-file-undecodable':
    'Ce fichier {format} ({width} × {height}) est endommagé ou trop grand pour la mémoire de ce navigateur : fermez d’autres onglets ou essayez une copie plus petite.',
  'problem.jpeg-kind-unsupported':
    'C’est un type rare de JPEG (sans perte ou 12 bits) que les navigateurs n’ouvrent pas : exportez en JPEG ou en PNG, puis ouvrez le résultat.',
  'problem.tiff-kind-unsupported':
    'Ce type de TIFF ne s’ouvre pas ici (pour l’imprimerie, le fax ou un laboratoire, ou compressé en JPEG) : exportez en TIFF de 8 ou 16 bits en gris ou en RVB, ou en PNG, puis ouvrez le résultat.',
  'problem.photo-too-large':
    'Cette image mesure {width} × {height}, soit {megapixels} mégapixels, et le maximum ici est de {mostMegapixels} : recadrez-la ou réduisez-la, puis ouvrez le résultat.',
  'problem.no-memory-to-open':
    'La mémoire n’a pas suffi pour ouvrir {width} × {height} pixels : fermez d’autres onglets ou ouvrez une image plus petite.',
  'problem.result-too-large':
    '{scale}× ferait {megapixels} Mpx, plus que ce navigateur ne peut contenir. {fits}× convient.',
  'problem.result-too-large.crop':
    '{scale}× ferait {megapixels} Mpx, plus que ce navigateur ne peut contenir. Recadrez ou réduisez d’abord la photo ; rien n’a été modifié.',
  'problem.result-over-limit':
    'Cette page accepte des résultats jusqu’à {megapixels} mégapixels. Choisissez une taille plus petite.',
  'problem.side-too-long':
    'Le format {format} admet au plus {mostSide} pixels de côté, et le résultat mesurerait {width} × {height}. Votre photo est intacte : choisissez {others}.',
  'problem.area-too-large':
    'Au plus {mostMegapixels} mégapixels sont écrits en {format}, et le résultat mesurerait {width} × {height}. Votre photo est intacte : choisissez {others}.',
  'problem.no-memory-to-save':
    'La mémoire n’a pas suffi pour écrire {width} × {height} pixels en {format}. Le résultat est conservé : fermez d’autres onglets et enregistrez à nouveau, ou choisissez un autre format.',
  'problem.codec-missing':
    'Ce qui lit les photos {format} n’a pas pu être chargé : connectez-vous à Internet et ouvrez la photo à nouveau.',
  'problem.encoder-missing':
    'L’encodeur {format} n’a pas pu être chargé et ce navigateur n’en a pas. Le résultat est conservé : enregistrez en PNG, ou connectez-vous à Internet et enregistrez à nouveau.',
  'problem.catalog-unreadable':
    'La liste des modèles est arrivée endommagée. Votre fichier est intact : rechargez la page, ou vérifiez si ce réseau demande d’abord une connexion.',
  'problem.catalog-wrong':
    'La liste des modèles est endommagée ({path} doit être {expected}). Votre fichier est intact : rechargez la page pour obtenir la liste à nouveau.',
  'problem.model-not-offered':
    'Ce site n’a pas de modèle pour cette étape ({task}) à {scale}×. Votre photo est intacte : choisissez un autre réglage.',
  'problem.model-not-runnable':
    'Le modèle « {title} » n’a aucun fichier que cet appareil puisse exécuter. Votre photo est intacte : choisissez un autre réglage.',
  'problem.download-failed':
    'Le téléchargement nécessaire a échoué car la connexion a été coupée : vérifiez votre connexion à Internet et réessayez. Votre photo est toujours ouverte.',
  'problem.catalog-too-long':
    'La liste des modèles est plus longue qu’une telle liste ne l’est jamais et n’a pas été lue. Votre fichier est intact : réessayez, ou vérifiez si ce réseau demande d’abord une connexion.',
  'problem.download-stalled':
    'Le téléchargement s’est arrêté : rien n’est arrivé pendant {seconds} secondes. Votre photo est intacte : vérifiez votre connexion à Internet, puis réessayez.',
  'problem.models-not-served':
    'Ce site ne fournit pas ses modèles en ce moment. Votre photo est intacte : réessayez plus tard ou choisissez un autre réglage.',
  'problem.model-altered':
    'Le modèle est arrivé incomplet ou altéré et n’a pas été utilisé. Votre photo est intacte : réessayez. Si cela se reproduit, un proxy ou un filtre modifie peut-être vos téléchargements.',
  'problem.file-altered':
    'Une partie de cette page ({name}) est arrivée deux fois endommagée et n’a pas été utilisée. Votre photo est intacte : rechargez la page. Si cela se reproduit, un proxy ou un filtre modifie peut-être vos téléchargements.',
  'problem.other-origin':
    'Quelque chose devait être demandé à un autre site ({host}), ce que cette page ne fait jamais : rien n’y a été envoyé. Votre photo est intacte : rechargez la page.',
  'problem.model-refused':
    'Le modèle n’a pas pu être chargé. Votre photo est intacte : réessayez ou choisissez un autre réglage.',
  'problem.own-model-damaged':
    'Le fichier de ce modèle est endommagé ou tronqué ({detail}) et n’a pas été ajouté : essayez une autre copie.',
  'problem.own-model-unsafe':
    'Ce fichier demande l’exécution d’un programme ({asks}), ce qui ne se fait jamais ici ; il n’a pas été ajouté. Cherchez le même modèle en .safetensors ou en .onnx.',
  'problem.own-model-too-large':
    'Le fichier de ce modèle dépasse {mostMegabytes} Mo et n’a pas été ajouté : choisissez un modèle plus petit.',
  'problem.own-model.file':
    'Ce n’est pas un modèle que l’on peut ajouter ici : il faut un fichier .onnx, .safetensors ou .pth, ou bien .param avec son .bin.',
  'problem.own-model.network':
    'C’est un modèle de type {name}, qui ne fonctionne pas ici ; il n’a pas été ajouté. Compact, SPAN, ESRGAN et RealPLKSR fonctionnent.',
  'problem.own-model.unknown-network':
    'La structure de ce modèle n’est pas connue ici ({name}) ; il n’a pas été ajouté. Compact, SPAN, ESRGAN et RealPLKSR le sont ; beaucoup d’autres fonctionnent en .onnx.',
  'problem.own-model.operator':
    'Ce modèle comporte des opérations qui ne fonctionnent pas ici ({name}) ; il n’a pas été ajouté : choisissez un autre modèle.',
  'problem.own-model.elsewhere':
    'Une partie de ce modèle se trouve dans un autre fichier ({name}) ; il n’a pas été ajouté : choisissez .param et .bin ensemble, et cherchez tout autre modèle en un seul fichier.',
  'problem.own-model.shape':
    'Ce modèle ne fait pas une image à partir d’une image ({name}) ; il n’a pas été ajouté : choisissez un autre modèle.',
  'problem.model-without-output':
    'Le modèle ne donne aucun résultat. Votre photo est intacte : choisissez un autre réglage.',
  'problem.golden-damaged':
    'L’image d’essai d’un modèle est endommagée, le modèle n’a donc pas été utilisé. Votre photo est intacte : choisissez un autre réglage.',
  'problem.own-model-missing':
    'Il faut pour cela votre modèle « {title} », qui n’est pas sur cet appareil (SHA-256 {sha256}). Votre photo est intacte : ajoutez son fichier sous « Gardé hors ligne » ou choisissez un autre modèle.',
  'problem.own-unfit.run':
    'Ce modèle échoue déjà avec une petite image et n’a pas été ajouté : choisissez un autre modèle.',
  'problem.own-unfit.planes':
    'Ce modèle ne fait pas une image en couleurs d’une image en couleurs et n’a pas été ajouté : choisissez un autre modèle.',
  'problem.own-unfit.scale':
    'Ce modèle n’agrandit ni 1×, ni 2×, 3×, 4× ou 8×, et n’a pas été ajouté : choisissez un autre modèle.',
  'problem.own-unfit.multiple':
    'Ce modèle ne prend que des images de certaines tailles, en lesquelles aucune photo ne se découpe ; il n’a pas été ajouté : choisissez un autre modèle.',
  'problem.own-unfit.not-a-number':
    'Ce modèle ne donne pas d’image, mais des valeurs qui ne sont pas des nombres ; il n’a pas été ajouté : essayez une autre copie.',
  'problem.own-unfit.black':
    'Ce modèle fait de toute image une image noire et n’a pas été ajouté : essayez une autre copie.',
  'problem.own-unfit.constant':
    'Ce modèle fait de toute image le même aplat et n’a pas été ajouté : essayez une autre copie.',
  'problem.own-unfit.unsteady':
    'Ce modèle donne autre chose des mêmes pixels placés ailleurs : les parties d’une photo ne se raccorderaient pas. Il n’a pas été ajouté : choisissez un autre modèle.',
  'problem.page-insecure':
    'Les modèles ne peuvent pas être vérifiés sur une page non sécurisée. Votre photo est intacte : ouvrez ce site en https.',
  'problem.storage-full':
    'Le navigateur n’a pas la place. Ce qui était gardé reste : libérez de l’espace, puis réessayez.',
  'problem.gpu-missing':
    'Ce navigateur n’offre pas WebGPU. Votre photo est intacte : retirez backend=webgpu pour utiliser le CPU.',
  'problem.gpu-lost':
    'Le pilote graphique s’est arrêté. Votre photo est intacte : réessayez, ou redémarrez d’abord le navigateur.',
  'problem.gpu-memory':
    'Le GPU a trop peu de mémoire libre pour cette photo, qui est intacte : fermez d’autres onglets et programmes, ou choisissez une taille plus petite.',
  'problem.gpu-refused':
    'Le GPU a refusé le travail. Votre photo est intacte : réessayez, ou mettez à jour le pilote graphique.',
  'problem.gpu-picture-damaged':
    'Ce GPU a rendu une image endommagée, qui n’a pas été utilisée. Votre photo est intacte : réessayez, ou mettez à jour le pilote graphique.',
  'problem.network-size-wrong':
    'Le réseau a rendu un résultat d’une autre taille, qui n’a pas été utilisé. Votre photo est intacte : choisissez un autre réglage.',
  'problem.network-not-a-number':
    'Le réseau a rendu des valeurs qui ne sont pas des nombres et n’ont pas été utilisées. Votre photo est intacte : choisissez un autre réglage.',
  'problem.trial-failed':
    'Cette machine calcule une image fausse, qui n’a pas été utilisée. Votre photo est intacte : mettez à jour le pilote graphique ou essayez un autre navigateur.',
  'problem.engine-stopped': 'Le moteur s’est arrêté. Votre photo est intacte : réessayez.',
  'problem.worker-died':
    'Le moteur s’est arrêté, peut-être faute de mémoire. Votre photo est intacte : réessayez.',
  'problem.photo-missing': 'Aucune photo n’est ouverte. Ouvrez-en une d’abord.',
  'problem.result-missing': 'Il n’y a pas encore de résultat. Améliorez d’abord la photo.',
  'problem.mask-of-other-photo':
    'Le masque a été peint pour une photo de {width} × {height}. Effacez-le ou ouvrez cette photo.',
  'problem.crop-outside-photo':
    'Le recadrage dépasse cette photo de {width} × {height}. Recadrez à nouveau.',
  'problem.damage-everywhere':
    'Toute la photo est marquée comme abîmée et il ne reste rien pour la réparer. Marquez-en moins.',
  'problem.option-wrong': '{path} doit être {expected}.',
  'problem.no-memory':
    'Le navigateur a trop peu de mémoire pour cela. Votre photo est intacte : fermez d’autres onglets ou choisissez une taille plus petite.',
  'problem.unexpected':
    'Un problème qui n’aurait pas dû arriver s’est produit ({cause}). Votre photo est intacte : réessayez ou rechargez la page.',

  'foreign.bigtiff': 'un fichier BigTIFF',
  'foreign.icon': 'un fichier d’icône',
  'foreign.jpeg-2000': 'une image JPEG 2000',
  'foreign.pdf': 'un document PDF',
  'foreign.photoshop': 'un fichier Photoshop',
  'foreign.raw': 'un fichier RAW d’appareil photo',
  'foreign.svg': 'un dessin SVG',
  'foreign.video': 'une vidéo',
  'foreign.video-or-unknown': 'une vidéo ou un format inconnu',
  'foreign.zip': 'une archive ZIP ou un document',

  'expected.object': 'un objet',
  'expected.list': 'une liste',
  'expected.filled-list': 'une liste non vide',
  'expected.text': 'un texte',
  'expected.number': 'un nombre',
  'expected.boolean': 'true ou false',
  'expected.sha256': '64 chiffres hexadécimaux en minuscules',
  'expected.unique': 'unique',
  'expected.keeping-size': 'une suite d’étapes qui conservent la taille',
  'expected.colour': 'une couleur comme « #8fb8e0 », ou null',
  'expected.pairs': 'x et y en alternance',
  'expected.path-below': 'un chemin sous le catalogue',
  'expected.url': 'une adresse http ou https, sans mot de passe',
  'expected.file': 'un File ou un Blob',
  'expected.function': 'une fonction',
  'expected.abort-signal': 'un AbortSignal',
  'expected.writable': 'un WritableStream qui n’est pas verrouillé',
  'expected.oneOf': '{choices}',
  'expected.names': 'l’un de {names}',
  'expected.range': 'un nombre de {least} à {most}',
  'expected.wholeRange': 'un nombre entier de {least} à {most}',
  'expected.bytes': 'un Uint8Array de {bytes} valeurs',
  'expected.wholeFrom': 'un nombre entier d’au moins {least}',
  'expected.mostItems': 'une liste d’au plus {most}',
  'expected.before': 'avant « {other} »',
  'expected.equalTo': 'omis, ou égal à {other} ({value})',

  'note.first-frame': 'Seule la première de ses images a été ouverte.',
  'note.cut-off': 'Ce fichier est incomplet ou endommagé : ce qui a pu être lu est affiché.',
  'note.depth-lost': 'Elle a plus de 8 bits par canal, dont 8 ont pu être lus.',
  'note.colours-converted': 'Ses couleurs ont été converties en sRGB.',
  'note.metadata-broken':
    'Ses données {parts} sont endommagées et manqueront dans le résultat. L’image elle-même est entière.',
  'note.gain-map-kept':
    'Sa carte de gain HDR est conservée en JPEG, agrandie avec elle ; pas dans les autres formats, ni si la lumière ou les couleurs sont modifiées.',
  'note.gain-map-dropped': 'Sa carte de gain HDR manquera dans le résultat.',
  'note.gain-map-lost':
    'Sa carte de gain HDR n’a pas pu être reprise : elle manque dans ce fichier.',
  'note.model-not-kept':
    'Un modèle n’a pas pu être gardé hors ligne : il sera retéléchargé la prochaine fois.',
  'note.pattern-missing':
    'Aucune trame de papier ou d’impression n’a été trouvée : rien n’a été enlevé.',
  'note.speech.decoder':
    'Le son en {codec} reste tel quel : ce navigateur ne le décode pas, la parole ne peut donc pas être nettoyée.',
  'note.speech.encoder':
    'Le son en {codec} reste tel quel : ce navigateur n’en encode aucun pour ce type de fichier, la parole ne peut donc pas être nettoyée.',
  'note.sound-converted':
    'Ce type de fichier n’accepte pas le son en {codec} : il a été réencodé en {to}.',
  'note.left-out.decoder':
    'Le son en {codec} a été omis : ce type de fichier ne l’accepte pas, et ce navigateur ne le décode pas.',
  'note.left-out.encoder':
    'Le son en {codec} a été omis : ce type de fichier ne l’accepte pas, et ce navigateur n’en encode aucun autre pour lui.',
  'note.text-left-out.subtitles':
    'Les sous-titres ont été omis : ils ne sont pas lisibles ici, ou ce type de fichier ne les accepte pas tels quels.',
  'note.text-left-out.chapters':
    'Les chapitres ont été omis : ils ne sont pas lisibles ici, ou ce type de fichier ne les accepte pas tels quels.',
  'note.text-left-out.metadata':
    'Une partie des métadonnées de la vidéo a été omise : ce type de fichier ne les accepte pas.',
  'note.shake-taken-back': 'L’appareil a bougé d’environ {pixels} pixels : ce bougé a été corrigé.',
  'note.recovered': '{cause} {measure}',
  'cause.memory': 'La mémoire était insuffisante.',
  'cause.device': 'Le pilote graphique s’est arrêté.',
  'cause.picture': 'Cette machine a calculé une image fausse.',
  'cause.work': 'Le GPU a refusé le travail.',
  'cause.model': 'Le modèle n’a pas pu être chargé.',
  'cause.engine': 'Le moteur s’est arrêté.',
  'measure.tile': 'Des tuiles plus petites ont été utilisées ensuite.',
  'measure.device': 'Le GPU a été relancé et le travail a continué.',
  'measure.worker': 'Le moteur a été relancé et le travail a continué.',
  'measure.precision': 'La pleine précision a remplacé la demi-précision.',
  'measure.runtime': 'Un autre environnement d’exécution a été utilisé.',
  'measure.cpu': 'Le CPU a fait le reste.',
  'measure.cpu-anew': 'Le CPU a fait le travail.',
};
