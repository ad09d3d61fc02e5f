import type { ToolTables } from '../parts';

/** What is said of many photos, in Spanish. */
export const queue: ToolTables['queue'] = {
  'queue.name': 'Fotos',
  'queue.list': 'Fotos: flechas para recorrerlas, Intro para abrir una, Alt y flechas para moverla',
  'queue.enhance': 'Mejorar todas',
  'queue.size': 'aprox. {size}',
  'queue.sizeHere':
    'Los resultados pendientes ocuparán alrededor de {size}, y otro tanto mientras se empaquetan. Aquí quedan {free} libres.',
  'queue.sizeFolder':
    'Los resultados pendientes ocuparán alrededor de {size}. Ningún navegador dice cuánto espacio tiene {folder}: compruébelo antes.',
  'queue.sizeUnknown':
    'Los resultados pendientes ocuparán alrededor de {size}, y otro tanto mientras se empaquetan. Este navegador no dice cuánto espacio tiene.',
  'queue.noRoom':
    'No se ha empezado: los resultados y su archivo ZIP necesitarían aquí alrededor de {size}, y quedan {free} libres. Guarde en una carpeta (Opciones), elija un tamaño menor o quite fotos. Es una estimación: «Reanudar» empieza de todos modos.',
  'queue.pause': 'Pausar',
  'queue.resume': 'Reanudar',
  'queue.skip': 'Omitir',
  'queue.save': 'Guardar todas',
  'queue.retry': 'Reintentar las fallidas',
  'queue.more': 'Opciones',
  'queue.progress': 'Fotos terminadas',
  'queue.title': 'Varias fotos',
  'queue.pattern': 'Nombre de cada resultado',
  'queue.patternHint': '{parts} se sustituyen. {from} pasa a ser {to}.',
  'queue.folder': 'Guardar en una carpeta',
  'queue.folderOther': 'Otra carpeta',
  'queue.folderIs':
    'Los resultados van a {folder} en cuanto están listos, en las mismas subcarpetas. No se sobrescribe ningún archivo existente.',
  'queue.folderNone':
    'Los resultados se quedan aquí hasta que «Guardar todas» los reúne en un archivo ZIP. En una carpeta están a salvo en cuanto están listos.',
  'queue.folderCannot':
    'Los resultados se quedan aquí hasta que «Guardar todas» los reúne en un archivo ZIP: este navegador no escribe en carpetas.',
  'queue.skipsDone': 'Omitir lo que ya está en la carpeta',
  'queue.report': 'Informe',
  'queue.csv': 'Guardar el informe (CSV)',
  'queue.file': 'Archivo',
  'queue.state': 'Estado',
  'queue.seconds': 'Segundos',
  'queue.saveOne': 'Guardar {name}',
  'queue.removeOne': 'Quitar {name} de la lista',
  'queue.removeAll': 'Vaciar la lista',
  'queue.moreRows': {
    one: 'Y {count} más, que está en el informe guardado.',
    many: 'Y {count} más, que están en el informe guardado.',
    other: 'Y {count} más, que están en el informe guardado.',
  },
  'csv.file': 'archivo',
  'csv.state': 'estado',
  'csv.result': 'resultado',
  'csv.width': 'anchura',
  'csv.height': 'altura',
  'csv.bytes': 'bytes',
  'csv.seconds': 'segundos',
  'csv.where': 'ejecutado en',
  'csv.did': 'qué se hizo',
  'csv.notes': 'notas',
  'csv.fault': 'error',
  'queue.fit': 'Para todas',
  'queue.fitEach': 'Según cada foto',
  'queue.fitPreset': '{preset}, adaptado a cada una',
  'queue.fitSame': 'Ajustes actuales',
  'queue.fitHeld': 'Como en {name}',
  'queue.earlier': 'Adelantar {name} un puesto',
  'queue.later': 'Retrasar {name} un puesto',
  'queue.moved': '{name} es ahora la número {place} de {total}.',
  'queue.own': 'Solo esta foto',
  'queue.ownHint':
    'Lo ajustado ahora vale solo para esta foto. Si se pulsa otra vez, recibe lo mismo que todas. Su recorte, sus marcas y lo pintado en ella son solo suyos en cualquier caso.',
  'queue.hasOwn': 'ajustes propios',
  'queue.hasRetouch': 'recortada o pintada a mano',
  'queue.hasFilm': 'con ajustes propios en «Vídeo»',
  'queue.ready': {
    one: '{count} foto, {size}.',
    many: '{count} fotos, {size}.',
    other: '{count} fotos, {size}.',
  },
  'queue.readyClips': {
    one: '{count} archivo, de ellos vídeos: {clips}, {size}.',
    many: '{count} archivos, de ellos vídeos: {clips}, {size}.',
    other: '{count} archivos, de ellos vídeos: {clips}, {size}.',
  },
  'queue.status': '{done} de {total} terminadas, {failed} fallidas',
  'queue.skipped': {
    one: ', {count} omitida',
    many: ', {count} omitidas',
    other: ', {count} omitidas',
  },
  'queue.sentence': '{said}.',
  'queue.left': 'Tiempo restante: {time}.',
  'queue.ended': 'Terminado.',
  'queue.unwritten': {
    one: 'No se ha podido escribir {count} resultado en la carpeta: pulse «Guardar todas».',
    many: 'No se han podido escribir {count} resultados en la carpeta: pulse «Guardar todas».',
    other: 'No se han podido escribir {count} resultados en la carpeta: pulse «Guardar todas».',
  },
  'queue.pausing': 'Se pausará después de {name}.',
  'queue.paused': 'En pausa.',
  'queue.saving': {
    one: 'Empaquetando {count} foto…',
    many: 'Empaquetando {count} fotos…',
    other: 'Empaquetando {count} fotos…',
  },
  'queue.saved': '{name} guardado, {size}.',
  'queue.wrote': {
    one: '{count} foto escrita en {folder}.',
    many: '{count} fotos escritas en {folder}.',
    other: '{count} fotos escritas en {folder}.',
  },
  'queue.saveFailed':
    'Las fotos no se han podido reunir en un archivo, quizá por falta de espacio en el disco. Siguen aquí: elija una carpeta en «Opciones», o guárdelas una a una.',
  'queue.others': {
    one: '{count} archivo no es ni una foto ni un vídeo y se ha omitido.',
    many: '{count} archivos no son ni fotos ni vídeos y se han omitido.',
    other: '{count} archivos no son ni fotos ni vídeos y se han omitido.',
  },
  'queue.unread': 'No se ha podido leer: {names}. Las demás fotos están aquí.',
  'queue.locked': {
    one: '{count} foto de un archivo comprimido está protegida con contraseña y se ha omitido: descomprímala antes.',
    many: '{count} fotos de archivos comprimidos están protegidas con contraseña y se han omitido: descomprímalas antes.',
    other:
      '{count} fotos de archivos comprimidos están protegidas con contraseña y se han omitido: descomprímalas antes.',
  },
  'queue.unreadMany': {
    one: 'No se ha podido leer {count} archivo o carpeta. Las demás fotos están aquí.',
    many: 'No se han podido leer {count} archivos o carpetas. Las demás fotos están aquí.',
    other: 'No se han podido leer {count} archivos o carpetas. Las demás fotos están aquí.',
  },
  'queue.none':
    'No se ha encontrado ninguna foto ni ningún vídeo. Elija una carpeta que los tenga, o ábralos uno a uno.',
  'queue.reading': 'Buscando fotos…',
  'queue.copied': 'Nada que hacer: el archivo tal cual.',
  'queue.there': 'Omitida: {path} ya existe.',
  'queue.keptHere':
    'No se ha podido escribir en {folder} y se conserva aquí: pulse «Guardar todas», o guárdelo por separado.',
  'queue.unreadable':
    'En pausa: el navegador ya no puede leer {folder}. Lo hecho está a salvo. Pulse «Reanudar» y vuelva a permitirlo.',
  'queue.gone': 'Su archivo ya no está, o no se puede leer. Añádalo de nuevo.',
  'queue.retouchLost':
    'No se pudo conservar su recorte, sus marcas o lo pintado en ella. Ábrala y hágalo otra vez, o pulse «Reintentar las fallidas» para tenerla sin eso.',
  'queue.lost': 'Tras recargar, el navegador ya no da acceso a este archivo. Añádalo otra vez.',
  'queue.lostMany': {
    one: 'Hay que añadir otra vez {count} foto: tras recargar, el navegador ya no da acceso a ella. Lo hecho no se repite.',
    many: 'Hay que añadir otra vez {count} fotos: tras recargar, el navegador ya no da acceso a ellas. Lo hecho no se repite.',
    other:
      'Hay que añadir otra vez {count} fotos: tras recargar, el navegador ya no da acceso a ellas. Lo hecho no se repite.',
  },
  'queue.partial':
    'No todos estos archivos se pudieron conservar para una recarga. Si la hay, elíjalos otra vez: lo hecho no se repite.',
  'queue.lowBattery':
    'En pausa: la batería está al {level} %. Continuará en cuanto se esté cargando; «Reanudar» continúa de todos modos.',
  'queue.savesData':
    'En pausa: este navegador está configurado para ahorrar datos, y habría que descargar {size} de redes. «Reanudar» las descarga.',
  'queue.notify': 'Avisarme cuando termine',
  'queue.silenced':
    'El navegador no permite que esta página le avise. Sus ajustes para este sitio pueden cambiarlo.',
  'queue.full':
    'En pausa: no queda espacio en el disco de {folder}. Lo hecho se conserva aquí. Libere espacio y pulse «Reanudar» o «Guardar todas».',
  'queue.refused':
    'En pausa: el navegador ya no puede escribir en {folder}. Lo hecho se conserva aquí. Elija de nuevo la carpeta en «Opciones», o pulse «Guardar todas».',
  'queue.folderGone':
    'En pausa: la carpeta {folder} ya no está. Lo hecho se conserva aquí. Elija otra en «Opciones», o pulse «Guardar todas».',
  'queue.folderFailed':
    'En pausa: no se ha podido escribir un archivo en {folder}. Lo hecho se conserva aquí. Pulse «Reanudar» para reintentarlo, o «Guardar todas».',
  'state.waiting': 'en espera',
  'state.opening': 'abriendo',
  'state.running': 'mejorando',
  'state.saving': 'escribiendo',
  'state.done': 'terminada',
  'state.failed': 'fallida',
  'state.skipped': 'omitida',
  'state.gone': 'desaparecida',
};
