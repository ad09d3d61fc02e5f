import type { enProblems } from '../en-problems';
import type { Translation } from '../speak';

/** What can go wrong and what is worth a note, in Spanish: what happened, what is kept, what to do next. */
export const problems: Translation<typeof enProblems> = {
  'problem.file-unreadable':
    'No se pudo leer este archivo: quizá se movió o cambió, o es demasiado grande para la memoria. Elíjalo de nuevo.',
  'problem.file-empty':
    'Este archivo está vacío: quizá no se copió o descargó por completo. Pruebe con otra copia.',
  'problem.file-foreign':
    'Esto es {kind}, que aquí no se abre: expórtelo como JPEG o PNG y abra el resultado.',
  'problem.file-unknown':
    'Este archivo no es una imagen que se abra aquí, diga lo que diga su nombre: se abren JPEG, PNG, WebP, TIFF, AVIF, HEIC, JPEG XL, GIF y BMP.',
  'problem.file-damaged':
    'Este archivo {format} está dañado o incompleto y no se puede abrir: pruebe con otra copia.',
  'problem.clip.codec':
    'Las imágenes de este vídeo están en {codec}, que este navegador no decodifica: conviértalo a H.264 o ábralo en otro navegador.',
  'problem.clip.browser':
    'Este navegador no decodifica vídeos por sí mismo: ábralo en un Chrome, Edge, Safari o Firefox más reciente.',
  'problem.clip.pictures':
    'Este archivo tiene sonido, pero ninguna imagen: no hay nada que ampliar.',
  'problem.clip.protected':
    'Este vídeo está protegido contra copia y solo se abre en el programa que tiene su clave.',
  'problem.clip.hdr':
    'Este vídeo es HDR y aquí se perderían sus luces altas: conviértalo a uno normal (SDR) y abra ese.',
  'problem.file-cut-off':
    'Este archivo {format} está incompleto y no se puede mostrar nada de él: pruebe con otra copia.',
  'problem.large-file-undecodable':
    'Este archivo {format} ({width} × {height}) está dañado o es demasiado grande para la memoria de este navegador: cierre otras pestañas o pruebe con una copia más pequeña.',
  'problem.jpeg-kind-unsupported':
    'Es un tipo raro de JPEG (sin pérdida o de 12 bits) que los navegadores no abren: expórtelo como JPEG o PNG y abra el resultado.',
  'problem.tiff-kind-unsupported':
    'Este tipo de TIFF no se abre aquí (para imprenta, fax o laboratorio, o comprimido como JPEG): expórtelo como TIFF de 8 o 16 bits en gris o RGB, o como PNG, y abra el resultado.',
  'problem.photo-too-large':
    'Esta imagen mide {width} × {height}, es decir, {megapixels} megapíxeles, y aquí se abren como máximo {mostMegapixels}: recórtela o redúzcala y abra el resultado.',
  'problem.no-memory-to-open':
    'No hubo memoria suficiente para abrir {width} × {height} píxeles: cierre otras pestañas o abra una imagen más pequeña.',
  'problem.result-too-large':
    '{scale}× daría {megapixels} MP, más de lo que cabe en este navegador. {fits}× sí cabe.',
  'problem.result-too-large.crop':
    '{scale}× daría {megapixels} MP, más de lo que cabe en este navegador. Recorte o reduzca antes la foto; no se ha cambiado nada.',
  'problem.result-over-limit':
    'Esta página admite resultados de hasta {megapixels} megapíxeles. Elija un tamaño menor.',
  'problem.side-too-long':
    '{format} admite como máximo {mostSide} píxeles por lado, y el resultado mediría {width} × {height}. Su foto no ha cambiado: elija {others}.',
  'problem.area-too-large':
    'En {format} se escriben como máximo {mostMegapixels} megapíxeles, y el resultado mediría {width} × {height}. Su foto no ha cambiado: elija {others}.',
  'problem.no-memory-to-save':
    'No hubo memoria suficiente para escribir {width} × {height} píxeles como {format}. El resultado se conserva: cierre otras pestañas y guarde de nuevo, o use otro formato.',
  'problem.codec-missing':
    'No se pudo cargar lo que lee fotos {format}: conéctese a internet y abra la foto de nuevo.',
  'problem.encoder-missing':
    'No se pudo cargar el codificador de {format} y este navegador no tiene ninguno. El resultado se conserva: guarde como PNG, o conéctese a internet y guarde de nuevo.',
  'problem.catalog-unreadable':
    'La lista de modelos llegó dañada. Su archivo no ha cambiado: recargue la página, o compruebe si esta red pide antes iniciar sesión.',
  'problem.catalog-wrong':
    'La lista de modelos está dañada ({path} debe ser {expected}). Su archivo no ha cambiado: recargue la página para obtener la lista de nuevo.',
  'problem.model-not-offered':
    'Este sitio no tiene un modelo para este paso ({task}) a {scale}×. Su foto no ha cambiado: elija otro ajuste.',
  'problem.model-not-runnable':
    'El modelo «{title}» no tiene ningún archivo que este dispositivo pueda ejecutar. Su foto no ha cambiado: elija otro ajuste.',
  'problem.download-failed':
    'No se pudo descargar lo necesario porque falló la conexión: compruebe su conexión a internet e inténtelo de nuevo. Su foto sigue abierta.',
  'problem.catalog-too-long':
    'La lista de modelos es más larga que cualquier lista así y no se leyó. Su archivo no ha cambiado: inténtelo de nuevo, o compruebe si esta red pide antes iniciar sesión.',
  'problem.download-stalled':
    'La descarga se detuvo: no llegó nada durante {seconds} segundos. Su foto no ha cambiado: compruebe su conexión a internet e inténtelo de nuevo.',
  'problem.models-not-served':
    'Este sitio no ofrece sus modelos en este momento. Su foto no ha cambiado: inténtelo más tarde o elija otro ajuste.',
  'problem.model-altered':
    'El modelo llegó incompleto o alterado y no se usó. Su foto no ha cambiado: inténtelo de nuevo. Si se repite, quizá un proxy o un filtro cambie las descargas.',
  'problem.file-altered':
    'Una parte de esta página ({name}) llegó dañada dos veces y no se usó. Su foto no ha cambiado: recargue la página. Si se repite, quizá un proxy o un filtro cambie las descargas.',
  'problem.other-origin':
    'Algo se iba a pedir a otro sitio ({host}), lo que esta página nunca hace: no se envió nada allí. Su foto no ha cambiado: recargue la página.',
  'problem.model-refused':
    'No se pudo cargar el modelo. Su foto no ha cambiado: inténtelo de nuevo o elija otro ajuste.',
  'problem.own-model-damaged':
    'El archivo de este modelo está dañado o incompleto ({detail}) y no se añadió: pruebe con otra copia.',
  'problem.own-model-unsafe':
    'Este archivo pide que se ejecute un programa ({asks}), algo que aquí nunca se hace, y no se añadió. Busque el mismo modelo como .safetensors u .onnx.',
  'problem.own-model-too-large':
    'El archivo de este modelo ocupa más de {mostMegabytes} MB y no se añadió: elija un modelo más pequeño.',
  'problem.own-model.file':
    'No es un modelo que se pueda añadir aquí: sirven los archivos .onnx, .safetensors y .pth, y .param junto con su .bin.',
  'problem.own-model.network':
    'Es un modelo de tipo {name}, que aquí no funciona, y no se añadió. Compact, SPAN, ESRGAN y RealPLKSR sí funcionan.',
  'problem.own-model.unknown-network':
    'La estructura de este modelo no se conoce aquí ({name}) y no se añadió. Se conocen Compact, SPAN, ESRGAN y RealPLKSR; muchos otros funcionan como .onnx.',
  'problem.own-model.operator':
    'Este modelo tiene operaciones que aquí no funcionan ({name}) y no se añadió: elija otro modelo.',
  'problem.own-model.elsewhere':
    'Una parte de este modelo está en otro archivo ({name}) y no se añadió: elija .param y .bin a la vez, y busque cualquier otro en un solo archivo.',
  'problem.own-model.shape':
    'Este modelo no produce una imagen a partir de otra ({name}) y no se añadió: elija otro modelo.',
  'problem.model-without-output':
    'El modelo no da ningún resultado. Su foto no ha cambiado: elija otro ajuste.',
  'problem.golden-damaged':
    'La imagen de prueba de un modelo está dañada, así que no se usó el modelo. Su foto no ha cambiado: elija otro ajuste.',
  'problem.own-model-missing':
    'Para esto hace falta su modelo «{title}», que no está en este dispositivo (SHA-256 {sha256}). Su foto no ha cambiado: añada su archivo en «Guardado sin conexión» o elija otro modelo.',
  'problem.own-unfit.run':
    'Este modelo falla ya con una imagen pequeña y no se añadió: elija otro modelo.',
  'problem.own-unfit.planes':
    'Este modelo no hace una imagen en color a partir de otra en color y no se añadió: elija otro modelo.',
  'problem.own-unfit.scale':
    'Este modelo no amplía 1×, 2×, 3×, 4× ni 8× y no se añadió: elija otro modelo.',
  'problem.own-unfit.multiple':
    'Este modelo solo admite imágenes de ciertos tamaños, en los que ninguna foto se puede dividir, y no se añadió: elija otro modelo.',
  'problem.own-unfit.not-a-number':
    'Este modelo no da una imagen, sino valores que no son números, y no se añadió: pruebe con otra copia.',
  'problem.own-unfit.black':
    'Este modelo hace de cualquier imagen una negra y no se añadió: pruebe con otra copia.',
  'problem.own-unfit.constant':
    'Este modelo hace de cualquier imagen el mismo plano liso y no se añadió: pruebe con otra copia.',
  'problem.own-unfit.unsteady':
    'Este modelo hace otra cosa de los mismos píxeles en otro lugar, y las partes de una foto no encajarían; no se añadió: elija otro modelo.',
  'problem.page-insecure':
    'En una página no segura no se pueden comprobar los modelos. Su foto no ha cambiado: abra este sitio por https.',
  'problem.storage-full':
    'El navegador no tiene espacio para ello. Lo que ya estaba guardado se queda: libere espacio e inténtelo de nuevo.',
  'problem.gpu-missing':
    'Este navegador no ofrece WebGPU. Su foto no ha cambiado: quite backend=webgpu para que se use la CPU.',
  'problem.gpu-lost':
    'El controlador gráfico se detuvo. Su foto no ha cambiado: inténtelo de nuevo, o reinicie antes el navegador.',
  'problem.gpu-memory':
    'La GPU tiene muy poca memoria libre para esta foto, que no ha cambiado: cierre otras pestañas y programas, o elija un tamaño menor.',
  'problem.gpu-refused':
    'La GPU rechazó el trabajo. Su foto no ha cambiado: inténtelo de nuevo o actualice el controlador gráfico.',
  'problem.gpu-picture-damaged':
    'Esta GPU devolvió una imagen dañada, que no se usó. Su foto no ha cambiado: inténtelo de nuevo o actualice el controlador gráfico.',
  'problem.network-size-wrong':
    'La red devolvió un resultado de otro tamaño, que no se usó. Su foto no ha cambiado: elija otro ajuste.',
  'problem.network-not-a-number':
    'La red devolvió valores que no son números y que no se usaron. Su foto no ha cambiado: elija otro ajuste.',
  'problem.trial-failed':
    'Este equipo calcula una imagen errónea, que no se usó. Su foto no ha cambiado: actualice el controlador gráfico o pruebe con otro navegador.',
  'problem.engine-stopped': 'El motor se detuvo. Su foto no ha cambiado: inténtelo de nuevo.',
  'problem.worker-died':
    'El motor se detuvo, quizá por falta de memoria. Su foto no ha cambiado: inténtelo de nuevo.',
  'problem.photo-missing': 'No hay ninguna foto abierta. Abra una primero.',
  'problem.result-missing': 'Todavía no hay resultado. Mejore antes la foto.',
  'problem.mask-of-other-photo':
    'La máscara se pintó para una foto de {width} × {height}. Bórrela o abra esa foto.',
  'problem.crop-outside-photo':
    'El recorte se sale de esta foto de {width} × {height}. Recórtela de nuevo.',
  'problem.damage-everywhere':
    'Toda la foto está marcada como dañada y no queda nada con qué repararla. Marque menos.',
  'problem.option-wrong': '{path} debe ser {expected}.',
  'problem.no-memory':
    'El navegador tiene muy poca memoria para esto. Su foto no ha cambiado: cierre otras pestañas o elija un tamaño menor.',
  'problem.unexpected':
    'Algo falló que no debía fallar ({cause}). Su foto no ha cambiado: inténtelo de nuevo o recargue la página.',

  'foreign.bigtiff': 'un archivo BigTIFF',
  'foreign.icon': 'un archivo de icono',
  'foreign.jpeg-2000': 'una imagen JPEG 2000',
  'foreign.pdf': 'un documento PDF',
  'foreign.photoshop': 'un archivo de Photoshop',
  'foreign.raw': 'un archivo RAW de cámara',
  'foreign.svg': 'un dibujo SVG',
  'foreign.video': 'un vídeo',
  'foreign.video-or-unknown': 'un vídeo o un formato desconocido',
  'foreign.zip': 'un archivo ZIP o un documento',

  'expected.object': 'un objeto',
  'expected.list': 'una lista',
  'expected.filled-list': 'una lista que no esté vacía',
  'expected.text': 'un texto',
  'expected.number': 'un número',
  'expected.boolean': 'true o false',
  'expected.sha256': '64 dígitos hexadecimales en minúsculas',
  'expected.unique': 'único',
  'expected.keeping-size': 'una serie de pasos que conserven el tamaño',
  'expected.colour': 'un color como «#8fb8e0», o null',
  'expected.pairs': 'x e y por turnos',
  'expected.path-below': 'una ruta por debajo del catálogo',
  'expected.url': 'una dirección http o https, sin contraseña',
  'expected.file': 'un File o un Blob',
  'expected.function': 'una función',
  'expected.abort-signal': 'un AbortSignal',
  'expected.writable': 'un WritableStream que no esté bloqueado',
  'expected.oneOf': '{choices}',
  'expected.names': 'uno de {names}',
  'expected.range': 'un número de {least} a {most}',
  'expected.wholeRange': 'un número entero de {least} a {most}',
  'expected.bytes': 'un Uint8Array de {bytes} valores',
  'expected.wholeFrom': 'un número entero de al menos {least}',
  'expected.mostItems': 'una lista de {most} como máximo',
  'expected.before': 'anterior a «{other}»',
  'expected.equalTo': 'omitido, o igual a {other} ({value})',

  'note.first-frame': 'Solo se abrió la primera de sus imágenes.',
  'note.cut-off': 'Este archivo está incompleto o dañado: se muestra lo que se pudo leer.',
  'note.depth-lost': 'Tiene más de 8 bits por canal, de los que se pudieron leer 8.',
  'note.colours-converted': 'Sus colores se convirtieron a sRGB.',
  'note.metadata-broken':
    'Sus datos {parts} están dañados y faltarán en el resultado. La imagen en sí está entera.',
  'note.gain-map-kept':
    'Su mapa de ganancia HDR se conserva en JPEG, ampliado con ella; no en otros formatos ni si se cambian la luz o los colores.',
  'note.gain-map-dropped': 'Su mapa de ganancia HDR faltará en el resultado.',
  'note.gain-map-lost': 'No se pudo conservar su mapa de ganancia HDR: falta en este archivo.',
  'note.model-not-kept':
    'No se pudo guardar un modelo para usarlo sin conexión: se descargará de nuevo cuando haga falta.',
  'note.pattern-missing': 'No se encontró trama de papel ni de impresión: no se quitó nada.',
  'note.speech.decoder':
    'El sonido en {codec} queda como estaba: este navegador no lo decodifica, así que su voz no se puede limpiar.',
  'note.speech.encoder':
    'El sonido en {codec} queda como estaba: este navegador no codifica ninguno para este tipo de archivo, así que su voz no se puede limpiar.',
  'note.sound-converted':
    'Este tipo de archivo no admite el sonido en {codec}: se ha vuelto a codificar en {to}.',
  'note.left-out.decoder':
    'El sonido en {codec} se ha omitido: este tipo de archivo no lo admite y este navegador no lo decodifica.',
  'note.left-out.encoder':
    'El sonido en {codec} se ha omitido: este tipo de archivo no lo admite y este navegador no codifica ningún otro para él.',
  'note.text-left-out.subtitles':
    'Los subtítulos se han omitido: aquí no se pueden leer o este tipo de archivo no los admite tal como son.',
  'note.text-left-out.chapters':
    'Los capítulos se han omitido: aquí no se pueden leer o este tipo de archivo no los admite tal como son.',
  'note.text-left-out.metadata':
    'Parte de los metadatos del vídeo se ha omitido: este tipo de archivo no los admite.',
  'note.shake-taken-back': 'La cámara se movió unos {pixels} píxeles: se ha corregido.',
  'note.recovered': '{cause} {measure}',
  'cause.memory': 'Había muy poca memoria.',
  'cause.device': 'El controlador gráfico se detuvo.',
  'cause.picture': 'Este equipo calculó una imagen errónea.',
  'cause.work': 'La GPU rechazó el trabajo.',
  'cause.model': 'No se pudo cargar el modelo.',
  'cause.engine': 'El motor se detuvo.',
  'measure.tile': 'Desde ahí se usaron teselas más pequeñas.',
  'measure.device': 'Se reinició la GPU y el trabajo siguió.',
  'measure.worker': 'Se reinició el motor y el trabajo siguió.',
  'measure.precision': 'Se usó precisión completa en lugar de media.',
  'measure.runtime': 'Se usó otro entorno de ejecución en su lugar.',
  'measure.cpu': 'La CPU hizo el resto.',
  'measure.cpu-anew': 'La CPU hizo el trabajo.',
};
