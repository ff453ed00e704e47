"""A conversation, a PDF that may need OCR, and an image, with Artificer."""

from pathlib import Path

from redenlab.artificer import Artificer

with Artificer() as client:
    chat = client.conversations.create(title="First steps", model="deepseek-chat")
    reply = client.conversations.send_message(conversation_id=chat.id, content="Hello from Python!")
    print(reply)

    pdf = Path("document.pdf").read_bytes()
    check = client.images.check_pdf_needs_ocr(pdf_data=pdf, min_text_threshold=100)
    if check.needs_ocr:
        print(f"OCR is needed, for about ${check.estimated_ocr_cost:.4f}")
    text = client.images.process_pdf(pdf_data=pdf, options={"force_ocr": False})
    print(text.metadata.method, text.metadata.pages, text.text[:60])

    image = Path("screenshot.png").read_bytes()
    found = client.images.extract_text_from_image(image_data=image, content_type="image/png")
    print(found.confidence, found.text)
